import { type Host, type Json, TestStateRefusal, type TestStateRequest, testState } from '../engine';

/** A request of the TestState API, with values where the API has JSON texts. */
export interface StateRequest {
  readonly id: string;
  readonly kind: 'teststate';
  readonly request: Omit<TestStateRequest, 'definition' | 'input' | 'variables' | 'context' | 'mock'> & {
    readonly definition: Json;
    readonly input?: Json;
    readonly variables?: Json;
    readonly context?: Json;
    /** `rawResult` is the text of a result that is not JSON. */
    readonly mock?: Omit<NonNullable<TestStateRequest['mock']>, 'result'> & {
      readonly result?: Json;
      readonly rawResult?: string;
    };
  };
}

/** Answers a recorded call of the TestState API; a task without a mock is skipped, for its service is not there. */
export async function testRecordedState({ id, request }: StateRequest) {
  const { definition, input, variables, context, mock, ...rest } = request;
  const source = definition as { readonly Type?: Json };
  if (source.Type === 'Task' && mock === undefined) return { id, skip: 'a task without a mock needs the service itself' };
  const { result, rawResult, ...mockRest } = mock ?? {};
  const tested: TestStateRequest = {
    ...rest,
    definition: JSON.stringify(definition),
    ...(input !== undefined && { input: JSON.stringify(input) }),
    ...(variables !== undefined && { variables: JSON.stringify(variables) }),
    ...(context !== undefined && { context: JSON.stringify(context) }),
    ...(mock !== undefined && {
      mock: { ...mockRest, ...(result !== undefined && { result: rawResult ?? JSON.stringify(result) }) },
    }),
  };
  const host: Host = {
    clock: { now: () => Date.UTC(2026, 0, 1), schedule: () => () => {} },
    random: Math.random,
    uuid: () => crypto.randomUUID(),
    runTask: () => ({ error: 'Corpus.NoRecordedResult' }),
  };
  try {
    const { output, inspectionData, ...answered } = await testState(tested, { host, account: '111111111111' });
    return {
      id,
      ...answered,
      ...(output !== undefined && { output: JSON.parse(output) }),
      ...(inspectionData !== undefined && { inspectionData: parsedTexts(inspectionData) }),
    };
  } catch (error) {
    if (!(error instanceof TestStateRefusal)) throw error;
    return { id, refused: true, code: error.code, message: error.message };
  }
}

function parsedTexts(texts: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, typeof text === 'string' ? JSON.parse(text) : text]),
  );
}
