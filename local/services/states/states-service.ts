import type { Clock, Host, ObjectStore, TaskOutcome, TaskRequest } from '../../engine';
import { unknownOperation } from '../http/aws-error';
import type { Caller, JsonService } from '../http/json-service';
import { SdkTask } from '../sdk/sdk-task';
import { TaskRouter } from '../task-router';
import type { TaskService } from '../task-service';
import { ArnMaker } from './arn';
import type { ExecutionRecord } from './executions/execution-record';
import { ExecutionStore } from './executions/execution-store';
import { Executor } from './executions/executor';
import { readInput } from './input/read-input';
import type { ValueOf } from './input/shape';
import { MachineStore } from './machines/machine-store';
import { OPERATIONS } from './operations';
import type { Operation, States } from './operations/operation';
import { Tags } from './tags';
import { Activities } from './tasks/activities';
import { NestedExecution } from './tasks/nested-execution';
import { SfnService } from './tasks/sfn-service';
import { TaskDispatcher } from './tasks/task-dispatcher';
import { TaskTokens } from './tasks/task-tokens';

export type Operations = typeof OPERATIONS;
export type Action = keyof Operations;

export interface StatesServiceOptions {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly uuid: () => string;
  /**
   * S3, as far as distributed Maps read and write it.
   *
   * @default - none: such a Map fails, and says so
   */
  readonly objects?: ObjectStore;
  /** What does the tasks that are neither activities nor nested executions; and what task tokens are handed to. */
  readonly tasks: TaskService;
  /**
   * Asked first of any task, activities included; undefined leaves the task to the service.
   *
   * @default - no task is answered in place of its service
   */
  readonly intercept?: (request: TaskRequest) => TaskOutcome | Promise<TaskOutcome> | undefined;
  /**
   * How many executions that have ended are kept, the newest; those that run always are.
   *
   * @default 10000
   */
  readonly retention?: number;
  /**
   * Told of faults of the program itself.
   *
   * @default - they show in the execution alone, which ends as ABORTED
   */
  readonly onFault?: (fault: unknown) => void;
}

/** `aws-sdk:sfn:…`, and no other service. */
function sfnTask(states: JsonService): TaskService {
  const sfn = new SfnService(states);
  return new SdkTask((service) => (service === sfn.name ? sfn : undefined));
}

const DEFAULT_RETENTION = 10_000;

/** AWS Step Functions of one account in one region: its API, and all that is behind it. */
export class StatesService implements JsonService {
  readonly target = 'AWSStepFunctions';
  private readonly states: States;
  private readonly own: TaskService;

  constructor(options: StatesServiceOptions) {
    const { region, accountId, clock, random, uuid, objects, intercept, onFault = () => {} } = options;
    const arns = new ArnMaker(region, accountId);
    const machines = new MachineStore(random);
    const tokens = new TaskTokens();
    const activities = new Activities(clock, arns);
    const executions = new ExecutionStore(options.retention ?? DEFAULT_RETENTION, ({ origin }) => tokens.forget(origin.arn));
    const host: Host = {
      clock,
      random,
      uuid,
      objects,
      runTask: (request) => intercept?.(request) ?? dispatcher.run(request),
    };
    const executor = new Executor(host, arns, machines, executions, onFault);
    const nested = new NestedExecution(machines, executor, uuid);
    const sfn = sfnTask(this);
    this.own = new TaskRouter([nested, sfn]);
    // the user may have said that the API is elsewhere
    const dispatcher = new TaskDispatcher(activities, tokens, new TaskRouter([nested, options.tasks, sfn]));
    this.states = {
      region,
      accountId,
      clock,
      host,
      uuid,
      arns,
      machines,
      executions,
      executor,
      activities,
      tokens,
      tags: new Tags(),
    };
  }

  /** Does what the API does. Input is checked as AWS checks it; throws an `AwsError`. */
  call<A extends Action>(
    action: A,
    input: ValueOf<Operations[A]['input']>,
    caller: Caller = {},
  ): ReturnType<Operations[A]['run']> {
    return this.handle(action, input, caller) as ReturnType<Operations[A]['run']>;
  }

  handle(action: string, input: unknown, caller: Caller): unknown {
    if (!Object.hasOwn(OPERATIONS, action)) throw unknownOperation();
    const { input: shape, run } = OPERATIONS[action as Action] as Operation<unknown, unknown>;
    return run(this.states, readInput(shape, input), caller);
  }

  /** Whether tasks with this resource are answered here, without any service around it. */
  supports(resource: string): boolean {
    return this.own.supports(resource);
  }

  /** An execution with its engine, of Standard or Express. */
  execution(arn: string): ExecutionRecord | undefined {
    return this.states.executions.find(arn);
  }

  /** Ends all that runs, and lets everybody go who waits for a task. */
  close(): void {
    this.states.activities.close();
    for (const { execution } of this.states.executions.all()) execution.stop();
  }
}
