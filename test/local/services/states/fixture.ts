import type { Json, TaskOutcome, TaskRequest } from '../../../../local/engine';
import { AwsError } from '../../../../local/services/http/aws-error';
import { StatesService, type StatesServiceOptions } from '../../../../local/services/states/states-service';
import { settle, TestClock } from '../../engine/fixture';

export { START, settle, TestClock } from '../../engine/fixture';

export const ROLE = 'arn:aws:iam::123456789012:role/orders';
export const PREFIX = 'arn:aws:states:eu-west-1:123456789012';

export interface Options extends Partial<StatesServiceOptions> {
  readonly clock?: TestClock;
  /** What does the tasks of services. */
  readonly task?: (request: TaskRequest) => TaskOutcome | Promise<TaskOutcome>;
}

export function statesService({ clock = new TestClock(), task, ...rest }: Options = {}) {
  let ids = 0;
  const service = new StatesService({
    region: 'eu-west-1',
    accountId: '123456789012',
    clock,
    random: () => 0.5,
    uuid: () => `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`,
    tasks: { supports: () => task !== undefined, run: async (request) => task!(request) },
    onFault: (fault) => {
      throw fault;
    },
    ...rest,
  });
  return { service, clock };
}

export function definition(states: { [name: string]: { [field: string]: Json } }): string {
  return JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
}

export const PASS = definition({ Pass: { Type: 'Pass', End: true } });
export const WAIT = definition({ Wait: { Type: 'Wait', Seconds: 10, End: true } });

/** Creates a machine and returns its ARN. */
export function machine(service: StatesService, text = PASS, type: 'STANDARD' | 'EXPRESS' = 'STANDARD', name = 'orders'): string {
  return service.call('CreateStateMachine', { name, definition: text, roleArn: ROLE, type }).stateMachineArn;
}

/** Starts an execution and returns its ARN. */
export function start(service: StatesService, stateMachineArn: string, name?: string, input?: string): string {
  return service.call('StartExecution', { stateMachineArn, name, input }).executionArn;
}

/** How a call is refused: `Name: message`. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof AwsError) return `${error.name}: ${error.message}`;
    throw error;
  }
  throw new Error('the call was not refused');
}

export async function asyncRefusal(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    return refusal(() => {
      throw error;
    });
  }
  throw new Error('the call was not refused');
}

/** The types of an execution's events. */
export function history(service: StatesService, executionArn: string): string[] {
  return service.call('GetExecutionHistory', { executionArn, maxResults: 1000 }).events.map(({ type }) => type);
}

export async function described(service: StatesService, executionArn: string) {
  await settle();
  return service.call('DescribeExecution', { executionArn });
}
