import type { EventDetails, HistoryEvent } from './events';

/** An event as GetExecutionHistory returns it. */
export type ApiHistoryEvent = { id: number; previousEventId: number; timestamp: number; type: string } & Record<string, unknown>;

const WITHOUT_DETAILS = new Set([
  'ParallelStateStarted',
  'ParallelStateSucceeded',
  'MapStateSucceeded',
  'MapRunSucceeded',
  'MapRunAborted',
  'LambdaFunctionStarted',
]);

/** Renders an event in the API's shape: payloads as JSON texts, the time in seconds. */
export function toApiEvent(event: HistoryEvent): ApiHistoryEvent {
  const { id, previousEventId, type } = event;
  const common = { id, previousEventId, timestamp: event.timestamp / 1000, type };
  const field = detailsField(type);
  return field === undefined ? common : { ...common, [field]: apiDetails(event.details) };
}

function detailsField(type: string): string | undefined {
  if (WITHOUT_DETAILS.has(type) || type.endsWith('StateAborted') || type === 'MapStateFailed' || type === 'ParallelStateFailed')
    return undefined;
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type[0].toLowerCase()}${type.slice(1)}EventDetails`;
}

function apiDetails(details: EventDetails): Record<string, unknown> {
  const { input, output, parameters, assignedVariables, ...plain } = details;
  const rendered: Record<string, unknown> = { ...plain };
  if (input !== undefined) Object.assign(rendered, { input: JSON.stringify(input), inputDetails: { truncated: false } });
  if (output !== undefined) Object.assign(rendered, { output: JSON.stringify(output), outputDetails: { truncated: false } });
  if (parameters !== undefined) rendered.parameters = JSON.stringify(parameters);
  if (assignedVariables !== undefined) {
    rendered.assignedVariables = Object.fromEntries(
      Object.entries(assignedVariables).map(([name, value]) => [name, JSON.stringify(value)]),
    );
    rendered.assignedVariablesDetails = { truncated: false };
  }
  return rendered;
}
