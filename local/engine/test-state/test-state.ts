import { compile } from '../compile';
import { type Compilation, Fields, type QueryLanguage } from '../definition/fields';
import { compilers, compileState } from '../definition/graph';
import { DefinitionError, type Problem } from '../definition/problems';
import type { Host, Json } from '../host';
import { isObject, type JsonObject } from '../json';
import { assign, NO_VARIABLES } from '../scope';
import type { State } from '../states/state';
import { parseResource } from '../tasks/resource';
import { checkContext } from './context-object';
import { type Found, findState } from './find-state';
import { Inspection } from './inspection';
import { type MockedOutcome, mockedOutcome } from './mock';
import { mockedCompilers } from './mocked-states';
import { invalid, TestStateRefusal } from './refusal';
import type { TestStateOptions, TestStateRequest, TestStateResult } from './request';
import { runTrial, type Trial } from './trial';

/** What AWS calls a state that is tested, whatever its name in the machine. */
const STATE_NAME = 'StateName';

/** Runs one state by itself, as the TestState API does. Throws a `TestStateRefusal` for what AWS does not run. */
export async function testState(request: TestStateRequest, options: TestStateOptions): Promise<TestStateResult> {
  const found = findTested(request);
  const outcome = mockedOutcome(request, found.source);
  const input = parseInput(request.input ?? '{}');
  const ownContext = parseObject(request.context, 'context');
  if (ownContext !== undefined) checkContext(ownContext, parseResource(String(found.source.Resource)));
  const variables = assign(NO_VARIABLES, parseObject(request.variables, 'variables') ?? {});
  const inspection = new Inspection(request.stateConfiguration?.retrierRetryCount ?? 0);
  const language = languageOf(found);
  inspection.saw('input', input);
  if (found.source.Type === 'Fail' && language === 'JSONPath') inspection.saw('afterInputPath', input);
  const state = compileTested(found, language, outcome, request.stateConfiguration?.mapIterationFailureCount ?? 0);
  const trial = await runTrial(state, input, {
    host: hostOf(options.host, found.source, outcome),
    clock: options.host.clock,
    ...surroundings(request, input, options),
    ownContext,
    variables,
    inspection,
  });
  const assigned = assign(variables, trial.transition?.assigned ?? {});
  if (Object.keys(assigned).length > 0) inspection.saw('variables', assigned);
  return resultOf(trial, (request.inspectionLevel ?? 'INFO') === 'INFO' ? undefined : inspection);
}

function resultOf({ status, transition, failure }: Trial, inspection: Inspection | undefined): TestStateResult {
  return {
    status,
    ...(transition !== undefined && { output: JSON.stringify(transition.output) }),
    ...(failure?.errorName !== undefined && { error: failure.errorName }),
    ...(failure?.reason !== undefined && { cause: failure.reason }),
    ...(transition?.next !== undefined && { nextState: transition.next }),
    ...(inspection !== undefined && { inspectionData: inspection.data }),
  };
}

/** Finds the state, and checks the definition that it stands in as a whole. */
function findTested({ definition, stateName }: TestStateRequest): Found {
  const source = parseDefinition(definition);
  if (stateName === undefined) {
    const found: Found = { source, language: 'JSONPath' };
    refuseProblems((problems) => {
      const compilation: Compilation = { type: 'STANDARD', language: 'JSONPath', problems };
      compileState(STATE_NAME, new Fields(source, '', compilation, languageOf(found)));
    });
    return found;
  }
  const found = findState(source, stateName);
  refuseProblems(() => compile(source));
  return found;
}

/** What only this engine lacks does not count: of a mocked state it is not run. */
function refuseProblems(check: (problems: Problem[]) => void): void {
  const problems: Problem[] = [];
  try {
    check(problems);
    if (problems.length > 0) throw new DefinitionError(problems);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    if (!error.unsupported) throw new TestStateRefusal('InvalidDefinition', error.message);
  }
}

function compileTested({ source }: Found, language: QueryLanguage, outcome: MockedOutcome | undefined, failed: number): State {
  const compilation: Compilation = { type: 'STANDARD', language, problems: [] };
  const byType = outcome === undefined ? compilers() : mockedCompilers(outcome, failed);
  // its problems are found already
  return compileState(STATE_NAME, new Fields(source, '', compilation, language), byType) as State;
}

function languageOf({ source, language }: Found): QueryLanguage {
  return source.QueryLanguage === 'JSONata' || source.QueryLanguage === 'JSONPath' ? source.QueryLanguage : language;
}

/** Waits take no time; a mock stands in for the task. */
function hostOf(host: Host, source: JsonObject, outcome: MockedOutcome | undefined): Host {
  const schedule: Host['clock']['schedule'] = (at, fire) => {
    if (source.Type !== 'Wait') return host.clock.schedule(at, fire);
    fire();
    return () => {};
  };
  return {
    random: () => host.random(),
    uuid: () => host.uuid(),
    clock: { now: () => host.clock.now(), schedule },
    runTask: (task) => {
      if (outcome === undefined) return host.runTask(task);
      if ('result' in outcome) return { output: outcome.result };
      return { error: outcome.failure.errorName, cause: outcome.failure.reason };
    },
  };
}

/** The execution that AWS makes up around the state: an Express one. A mock needs no role; AWS then makes up one as well. */
function surroundings({ mock, roleArn }: TestStateRequest, input: Json, { host, region, account }: TestStateOptions) {
  const [name, machine] = [host.uuid(), host.uuid()];
  const scope = `${region ?? 'us-east-1'}:${account ?? '123456789012'}`;
  const executionArn = `arn:aws:states:${scope}:express:${machine}:${name}`;
  const madeUp = mock === undefined ? null : `arn:aws:iam::${account ?? '123456789012'}:role/${machine}`;
  const context: JsonObject = {
    Execution: {
      Id: executionArn,
      Input: input,
      Name: name,
      RoleArn: roleArn ?? madeUp,
      StartTime: new Date(host.clock.now()).toISOString(),
    },
    StateMachine: { Id: `arn:aws:states:${scope}:stateMachine:${machine}`, Name: machine },
  };
  return { executionArn, context };
}

function parseDefinition(text: string): JsonObject {
  const source = parse(text, (reason) => {
    const message = new DefinitionError([{ code: 'INVALID_JSON_DESCRIPTION', location: '', message: reason }]).message;
    return new TestStateRefusal('InvalidDefinition', message);
  });
  if (isObject(source)) return source;
  const message = 'Definition must be a valid JSON object';
  throw new TestStateRefusal(
    'InvalidDefinition',
    new DefinitionError([{ code: 'SCHEMA_VALIDATION_FAILED', location: '', message }]).message,
  );
}

function parseInput(text: string): Json {
  return parse(text, (reason) => {
    return new TestStateRefusal('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
  });
}

function parseObject(text: string | undefined, field: string): JsonObject | undefined {
  if (text === undefined) return undefined;
  const value = parse(text, (reason) => invalid(`The ${field} must be valid JSON: ${reason}`));
  if (isObject(value)) return value;
  throw invalid(`The ${field} must be a JSON object but was: ${text}`);
}

function parse(text: string, refusal: (reason: string) => TestStateRefusal): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refusal((error as Error).message);
  }
}
