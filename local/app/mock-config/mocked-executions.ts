import { randomUUID } from 'node:crypto';
import type { TaskOutcome, TaskRequest } from '../../engine/host';
import { AwsError } from '../../services/http/aws-error';
import type { Caller, JsonService } from '../../services/http/json-service';
import { LoadError } from '../load-error';
import type { MockConfig, TestCase } from './mock-config';

interface MockedExecution {
  readonly testCase: TestCase;
  /** How often each state was answered. */
  readonly attempts: Map<string, number>;
}

/** As many as there are executions kept that have ended. */
const KEPT = 10_000;

/** Executions that were started as `<state machine ARN>#<test case>`, and the answers that their tasks get. */
export class MockedExecutions {
  private readonly executions = new Map<string, MockedExecution>();

  constructor(private readonly config: MockConfig) {}

  /** Step Functions, where such an ARN starts a test case. */
  over(states: JsonService): JsonService {
    return {
      target: states.target,
      handle: (action, input, caller) => {
        const starts = action === 'StartExecution' || action === 'StartSyncExecution';
        const { stateMachineArn } = (input ?? {}) as { readonly stateMachineArn?: unknown };
        if (!starts || typeof stateMachineArn !== 'string' || !stateMachineArn.includes('#'))
          return states.handle(action, input, caller);
        return this.start(states, action, input as { readonly name?: unknown }, stateMachineArn, caller);
      },
    };
  }

  /** What a task gets in place of its service; undefined leaves it to the service. */
  answer({ executionArn, stateName }: TaskRequest): TaskOutcome | undefined {
    const mocked = this.executions.get(keyOf(executionArn));
    const response = mocked?.testCase.get(stateName);
    if (mocked === undefined || response === undefined) return undefined;
    const attempt = mocked.attempts.get(stateName) ?? 0;
    mocked.attempts.set(stateName, attempt + 1);
    const cause = `the mocked response '${response.name}' has no answer for attempt ${attempt} of the state '${stateName}'`;
    return response.outcome(attempt) ?? { error: 'States.Runtime', cause };
  }

  private start(states: JsonService, action: string, input: { readonly name?: unknown }, arn: string, caller: Caller): unknown {
    const [stateMachineArn = '', testCase = ''] = arn.split('#');
    const name = typeof input.name === 'string' ? input.name : randomUUID();
    // known before the first task runs: an execution may have ended when its start is answered
    const key = `${nameOf(stateMachineArn)}:${name}`;
    const mocked = { testCase: this.find(stateMachineArn, testCase), attempts: new Map<string, number>() };
    // the same name once more starts nothing, or is refused
    const known = this.executions.has(key);
    if (!known) this.executions.set(key, mocked);
    const [oldest] = this.executions.keys();
    if (this.executions.size > KEPT) this.executions.delete(oldest!);
    try {
      return states.handle(action, { ...input, stateMachineArn, name }, caller);
    } catch (error) {
      if (!known) this.executions.delete(key);
      throw error;
    }
  }

  private find(stateMachineArn: string, testCase: string): TestCase {
    try {
      return this.config.testCase(nameOf(stateMachineArn), testCase);
    } catch (error) {
      if (error instanceof LoadError) throw new AwsError('ValidationException', error.message, 'com.amazon.coral.validate');
      throw error;
    }
  }
}

/** `arn:aws:states:<region>:<account>:stateMachine:<name>`, perhaps with a version. */
function nameOf(stateMachineArn: string): string {
  return stateMachineArn.split(':')[6] ?? '';
}

/** Machine and name: `…:execution:<machine>:<name>`, and `…:express:<machine>:<name>:<id>`. */
function keyOf(executionArn: string): string {
  return executionArn.split(':').slice(6, 8).join(':');
}
