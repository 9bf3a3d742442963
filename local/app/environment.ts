import { randomUUID } from 'node:crypto';
import type { Resource } from '../assembly';
import type { Execution } from '../engine';
import type { Json, ObjectStore, TaskOutcome, TaskRequest } from '../engine/host';

import type { AwsService } from '../services/aws-service';
import type { FunctionConfig, LogLine } from '../services/lambda/function-config';
import { LambdaService } from '../services/lambda/lambda-service';
import { LambdaTask } from '../services/lambda/lambda-task';
import { S3ObjectStore } from '../services/s3/object-store';
import { RemoteService } from '../services/sdk/remote-service';
import { SdkTask } from '../services/sdk/sdk-task';
import type { ExecutionRecord } from '../services/states/executions/execution-record';
import { StatesService } from '../services/states/states-service';
import { TaskRouter } from '../services/task-router';
import { Emulators } from './emulators/emulators';
import type { LocalClock } from './local-clock';
import type { LocalMachine } from './local-machine';
import type { TaskState } from './task-states';
import { UNANSWERED } from './task-stub';

export interface EnvironmentOptions {
  readonly region: string;
  readonly accountId: string;
  readonly clock: LocalClock;
  readonly random: () => number;
  readonly functions: readonly FunctionConfig[];
  /** Names of the app's activities. */
  readonly activities: readonly string[];
  /** All that the app has here. */
  readonly resources: readonly Resource[];
  /** Where services are that the user names, by our names of them. */
  readonly endpoints: { readonly [service: string]: string };
  /** Where the user's project is. */
  readonly directory: string;
  /** Completes a function before it runs: it is told where services are. */
  readonly prepare: (config: FunctionConfig) => Promise<FunctionConfig>;
  /** Told of what went wrong where nobody waits for it. */
  readonly onFailure: (message: string) => void;
  /** Asked before anything else for the answer to a task. */
  readonly mock?: (request: TaskRequest) => TaskOutcome | undefined;
  readonly onLog?: (line: LogLine) => void;
  readonly hostDirectory?: string;
  readonly onEnd?: (machine: LocalMachine, execution: Execution) => void;
}

/** One account in one region: its services, and the machines that share them. */
export class Environment {
  readonly states: StatesService;
  private readonly clock: LocalClock;
  private readonly lambda: LambdaService;
  private readonly services: TaskRouter;
  private readonly emulators: Emulators;
  private readonly remote: ReadonlyMap<string, RemoteService>;
  private readonly activities: ReadonlySet<string>;
  private readonly machines = new Map<string, LocalMachine>();
  private readonly onEnd: EnvironmentOptions['onEnd'];

  constructor(options: EnvironmentOptions) {
    const { region, accountId, clock, random, activities, endpoints } = options;
    this.clock = clock;
    this.onEnd = options.onEnd;
    this.lambda = new LambdaService(options);
    this.remote = new Map(
      Object.entries(endpoints).map(([service, endpoint]) => [service, new RemoteService({ ...options, service, endpoint })]),
    );
    this.emulators = new Emulators({
      ...options,
      invoke: (request) => this.lambda.invoke(request),
      startExecution: (stateMachineArn, input) => {
        this.createMachines();
        this.states.call('StartExecution', { stateMachineArn, input });
      },
    });
    this.services = new TaskRouter([new LambdaTask(this.lambda), new SdkTask((service) => this.find(service))]);
    this.states = new StatesService({
      region,
      accountId,
      clock,
      random,
      uuid: randomUUID,
      objects: held(new S3ObjectStore(this.find('s3')!), clock),
      tasks: {
        supports: (resource) => this.services.supports(resource),
        unsupported: (resource) => this.services.unsupported(resource),
        run: (request) => this.run(request),
      },
      intercept: (request) => options.mock?.(request) ?? this.answer(request),
    });
    this.activities = new Set(activities.map((name) => this.states.call('CreateActivity', { name }).activityArn));
  }

  add(machine: LocalMachine): void {
    this.machines.set(machine.name, machine);
  }

  /** Creates those machines that can be; what is wrong with the others shows when they are used themselves. */
  createMachines(): void {
    for (const machine of this.machines.values()) machine.check();
  }

  /** Tells of the end of an execution, and then of those that it started. */
  watch(record: ExecutionRecord): void {
    if (!this.onEnd) return;
    if (record.result) this.ended(record);
    else void record.done.then(() => this.ended(record));
  }

  private find(service: string): AwsService | undefined {
    return this.remote.get(service) ?? this.emulated(service);
  }

  /** A service that is emulated here; undefined where the user says that it is elsewhere. */
  emulated(name: string): AwsService | undefined {
    return this.remote.has(name) ? undefined : this.emulators.services.find((service) => service.name === name);
  }

  /** What of the app's resources does not do here what it does in AWS, a line each. */
  get problems(): readonly string[] {
    return [...this.emulators.problems, ...[...this.remote.values()].flatMap(({ problem }) => problem ?? [])];
  }

  /** What is missing to run a task; undefined if nothing is. */
  unsupported({ resource, functionName }: TaskState): string | undefined {
    if (/:states:[^:]*:[^:]*:activity:/.test(resource)) {
      return this.activities.has(resource) ? undefined : `the app has no activity '${resource}'`;
    }
    if (this.states.supports(resource)) return undefined;
    const missing = this.services.unsupported(resource);
    if (missing !== undefined) return missing;
    const called = resource.includes(':lambda:') && !resource.includes(':states:') ? resource : functionName;
    // a name that an expression makes is known at run time alone
    if (called === undefined) return undefined;
    const config = this.lambda.find(called);
    return config ? this.lambda.unsupported(config) : `the app has no function '${called}'`;
  }

  async close(): Promise<void> {
    this.states.close();
    await Promise.all([this.lambda.close(), this.emulators.close()]);
  }

  private ended({ execution, origin }: ExecutionRecord): void {
    const machine = this.machines.get(origin.target.machine.name);
    if (machine) this.onEnd?.(machine, execution);
    for (const arn of startedBy(execution)) {
      const child = this.states.execution(arn);
      if (child) this.watch(child);
    }
  }

  /** What a test answers in place of the service; undefined leaves the task to the service. */
  private answer(request: TaskRequest): TaskOutcome | Promise<TaskOutcome> | undefined {
    const outcome = this.machineOf(request)?.task(request.stateName).answer(request, this.services);
    return outcome instanceof Promise && outcome !== UNANSWERED ? this.work(outcome, request) : outcome;
  }

  private run(request: TaskRequest): Promise<TaskOutcome> {
    // the task token of a stub that hangs was handed on, and is anybody's to answer
    if (this.machineOf(request)?.task(request.stateName).replaced) return Promise.resolve({ output: null });
    return this.work(this.services.run(request), request);
  }

  private work(outcome: Promise<TaskOutcome>, { signal }: TaskRequest): Promise<TaskOutcome> {
    return this.clock.hold(untilAborted(outcome, signal));
  }

  private machineOf({ executionArn }: TaskRequest): LocalMachine | undefined {
    // `…:execution:Machine:name`, for a child of a distributed Map `…:execution:Machine/Label:name`
    const name = executionArn.split(':')[6]?.split('/')[0];
    return name === undefined ? undefined : this.machines.get(name);
  }
}

/** Time is not skipped while objects are on their way. */
function held(objects: ObjectStore, clock: LocalClock): ObjectStore {
  return {
    list: (...request) => clock.hold(objects.list(...request)),
    get: (...request) => clock.hold(objects.get(...request)),
    put: (...request) => clock.hold(objects.put(...request)),
  };
}

/** ARNs of the executions that Task states of an execution have started. */
function startedBy({ history, mapRuns }: Execution): string[] {
  const own = history.flatMap(({ type, details: { resourceType, output } }) => {
    // Submitted where the state waits for its end, Succeeded where it does not
    if (resourceType !== 'states' || !/^Task(Submitted|Succeeded)$/.test(type)) return [];
    const { ExecutionArn: arn } = (output ?? {}) as { ExecutionArn?: Json };
    return typeof arn === 'string' ? [arn] : [];
  });
  const ofChildren = mapRuns.flatMap(({ executions }) => executions.flatMap(startedBy));
  return [...new Set([...own, ...ofChildren])];
}

/** The outcome, or a placeholder that nobody reads as soon as nobody waits for it. */
function untilAborted(outcome: Promise<TaskOutcome>, signal: AbortSignal): Promise<TaskOutcome> {
  return new Promise((resolve, reject) => {
    outcome.then(resolve, reject);
    if (signal.aborted) resolve({});
    else signal.addEventListener('abort', () => resolve({}), { once: true });
  });
}
