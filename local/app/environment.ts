import { randomUUID } from 'node:crypto';
import type { TaskOutcome, TaskRequest } from '../engine/host';
import type { FunctionConfig, LogLine } from '../services/lambda/function-config';
import { LambdaService } from '../services/lambda/lambda-service';
import { LambdaTask } from '../services/lambda/lambda-task';
import { StatesService } from '../services/states/states-service';
import { TaskRouter } from '../services/task-router';
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
  readonly onLog?: (line: LogLine) => void;
}

/** One account in one region: its services, and the machines that share them. */
export class Environment {
  readonly states: StatesService;
  private readonly clock: LocalClock;
  private readonly lambda: LambdaService;
  private readonly services: TaskRouter;
  private readonly activities: ReadonlySet<string>;
  private readonly machines = new Map<string, LocalMachine>();

  constructor({ region, accountId, clock, random, functions, activities, onLog }: EnvironmentOptions) {
    this.clock = clock;
    this.lambda = new LambdaService({ region, accountId, functions, onLog });
    this.services = new TaskRouter([new LambdaTask(this.lambda)]);
    this.states = new StatesService({
      region,
      accountId,
      clock,
      random,
      uuid: randomUUID,
      tasks: { supports: (resource) => this.services.supports(resource), run: (request) => this.run(request) },
      intercept: (request) => this.answer(request),
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

  /** What is missing to run a task; undefined if nothing is. */
  unsupported({ resource, functionName }: TaskState): string | undefined {
    if (/:states:[^:]*:[^:]*:activity:/.test(resource)) {
      return this.activities.has(resource) ? undefined : `the app has no activity '${resource}'`;
    }
    if (/:states:startExecution(\.|$)/.test(resource)) return undefined;
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
    await this.lambda.close();
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

/** The outcome, or a placeholder that nobody reads as soon as nobody waits for it. */
function untilAborted(outcome: Promise<TaskOutcome>, signal: AbortSignal): Promise<TaskOutcome> {
  return new Promise((resolve, reject) => {
    outcome.then(resolve, reject);
    if (signal.aborted) resolve({});
    else signal.addEventListener('abort', () => resolve({}), { once: true });
  });
}
