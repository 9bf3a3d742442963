import type { Clock, Host } from '../../../engine';
import type { Caller } from '../../http/json-service';
import type { ArnMaker } from '../arn';
import type { ExecutionStore } from '../executions/execution-store';
import type { Executor } from '../executions/executor';
import type { Shape } from '../input/shape';
import type { MachineStore } from '../machines/machine-store';
import type { Tags } from '../tags';
import type { Activities } from '../tasks/activities';
import type { TaskTokens } from '../tasks/task-tokens';

/** What operations work on. */
export interface States {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  /** What states are run by. */
  readonly host: Host;
  readonly uuid: () => string;
  readonly arns: ArnMaker;
  readonly machines: MachineStore;
  readonly executions: ExecutionStore;
  readonly executor: Executor;
  readonly activities: Activities;
  readonly tokens: TaskTokens;
  readonly tags: Tags;
}

/** An operation of the API: what it takes, and what it does. */
export interface Operation<I, O> {
  readonly input: Shape<I>;
  readonly run: (states: States, input: I, caller: Caller) => O;
}

export function operation<I, O>(input: Shape<I>, run: Operation<I, O>['run']): Operation<I, O> {
  return { input, run };
}
