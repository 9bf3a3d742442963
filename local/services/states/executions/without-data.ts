import type { ApiHistoryEvent } from '../../../engine';

/** What of an event's details is execution data. */
const DATA = ['input', 'output', 'parameters', 'assignedVariables'];

/** An event without the data of the execution, as GetExecutionHistory gives it with `includeExecutionData: false`. */
export function withoutData(event: ApiHistoryEvent): ApiHistoryEvent {
  const field = Object.keys(event).find((name) => name.endsWith('EventDetails'));
  if (field === undefined) return event;
  const details = Object.entries(event[field] as object).filter(([name]) => !DATA.includes(name));
  return { ...event, [field]: Object.fromEntries(details) };
}
