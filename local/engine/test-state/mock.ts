import { StateFailure } from '../failures';
import type { Json } from '../host';
import { isObject, type JsonObject } from '../json';
import { parseResource } from '../tasks/resource';
import { invalid, TestStateRefusal } from './refusal';
import type { Mock, TestStateRequest } from './request';
import { checkResult } from './result-schema';

/** What the task, the branches or the iterations are taken to have ended with. */
export type MockedOutcome = { readonly result: Json } | { readonly failure: StateFailure };

/** Checks that mock and state fit each other, and returns what is mocked. */
export function mockedOutcome(request: TestStateRequest, source: JsonObject): MockedOutcome | undefined {
  const { mock, revealSecrets, stateConfiguration } = request;
  if (mock === undefined) {
    refuseWithoutMock(request, source);
    return undefined;
  }
  if (revealSecrets === true) throw invalid('TestState does not support RevealSecrets when a mock is specified.');
  if (mock.result !== undefined && mock.errorOutput !== undefined) {
    throw invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (source.Type !== 'Task' && source.Type !== 'Map' && source.Type !== 'Parallel') {
    throw invalid(`State type '${source.Type}' is not supported when a mock is specified`);
  }
  if (mock.result === undefined) return { failure: new StateFailure(mock.errorOutput?.error, mock.errorOutput?.cause) };
  const result = parseResult(mock.result);
  checkShape(result, source, mock);
  const failed = stateConfiguration?.mapIterationFailureCount ?? 0;
  if (Array.isArray(result) && failed > result.length) {
    throw invalid('Map iteration failure count must be less than or equal to the number of Map iterations');
  }
  return { result };
}

function refuseWithoutMock({ stateConfiguration = {} }: TestStateRequest, source: JsonObject): void {
  for (const name of Object.keys(stateConfiguration)) {
    throw invalid(`TestState does not support ${name[0].toUpperCase()}${name.slice(1)} when a mock is not specified.`);
  }
  if (source.Type === 'Map' || source.Type === 'Parallel') {
    throw new TestStateRefusal(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  }
  const resource = typeof source.Resource === 'string' ? parseResource(source.Resource) : undefined;
  if (resource?.kind === 'activity' || (resource !== undefined && resource.pattern !== 'requestResponse')) {
    throw new TestStateRefusal('InvalidDefinition', `TestState API does not support the resource ${resource.arn} without a mock`);
  }
}

function parseResult(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('Mocked result must be valid JSON');
  }
}

function checkShape(result: Json, source: JsonObject, mock: Mock): void {
  if (source.Type === 'Map' && source.ResultWriter !== undefined) {
    if (!isObject(result)) throw invalid('Mocked result must be a JSON object.');
  } else if (source.Type !== 'Task') {
    if (!Array.isArray(result)) throw invalid('Mocked result must be an array.');
  }
  const resource = typeof source.Resource === 'string' ? parseResource(source.Resource) : undefined;
  if (resource !== undefined) checkResult(result, resource, mock.fieldValidationMode ?? 'STRICT');
}
