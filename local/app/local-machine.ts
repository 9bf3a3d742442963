import { randomUUID } from 'node:crypto';
import { compile, DefinitionError, Execution, type Machine } from '../engine';
import type { Host, Json, TaskOutcome, TaskRequest } from '../engine/host';
import type { LambdaService } from '../services/lambda/lambda-service';
import { LambdaTask } from '../services/lambda/lambda-task';
import { TaskRouter } from '../services/task-router';
import type { ExecutionReport } from './execution-report';
import { LoadError } from './load-error';
import type { LocalClock } from './local-clock';
import type { MachineNames } from './machine-name';
import { visitsOf } from './report-from-history';
import { type TaskState, taskStates } from './task-states';
import { TaskStub, UNANSWERED } from './task-stub';

export interface LocalMachineSettings extends MachineNames {
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition?: string;
  readonly roleArn?: string;
  readonly clock: LocalClock;
  readonly random: () => number;
  /** The functions of the machine's region and account; asked for when a task first needs one. */
  readonly lambda: () => LambdaService;
  /** What of the machine's own properties could not be resolved. */
  readonly problems: readonly { readonly property: string; readonly reason: string }[];
}

/** An execution that was started. */
export interface RunningExecution {
  readonly arn: string;
  /** Settles when the execution has ended, however it did. */
  readonly done: Promise<ExecutionReport>;
  /** Ends it as ABORTED. */
  stop(error?: string, cause?: string): void;
}

/** A state machine of a local app. */
export class LocalMachine implements MachineNames {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  readonly path: string;
  readonly type: 'STANDARD' | 'EXPRESS';

  private readonly tasks: readonly TaskState[];
  private readonly stubs: ReadonlyMap<string, TaskStub>;
  private compiled: Machine | undefined;
  private router: TaskRouter | undefined;

  /** @internal */
  constructor(private readonly settings: LocalMachineSettings) {
    this.id = settings.id;
    this.name = settings.name;
    this.arn = settings.arn;
    this.logicalId = settings.logicalId;
    this.path = settings.path;
    this.type = settings.type;
    this.tasks = taskStates(parsed(settings.definition));
    this.stubs = new Map(this.tasks.map(({ name }) => [name, new TaskStub(name)]));
  }

  /**
   * A Task state, to see what it is called with and to answer in place of its service.
   *
   * @param stateName The state's name, prefixes included
   * @throws LoadError naming the Task states there are
   */
  task(stateName: string): TaskStub {
    const stub = this.stubs.get(stateName);
    if (!stub) throw new LoadError(`${this.id} has no Task state '${stateName}'; it has`, [...this.stubs.keys()]);
    return stub;
  }

  /**
   * Starts an execution.
   *
   * @throws LoadError if the definition is refused, or a task calls something that is neither here nor answered
   */
  start(input: Json = {}): RunningExecution {
    const machine = this.load();
    const name = randomUUID();
    const { clock, random } = this.settings;
    const host: Host = { clock, random, uuid: randomUUID, runTask: (request) => this.runTask(request) };
    const execution = new Execution(machine, {
      host,
      input,
      name,
      arn: this.executionArn(name),
      stateMachineArn: this.arn,
      stateMachineName: this.name,
      roleArn: this.settings.roleArn,
    });
    const done = execution.start().then(({ status, output, error, cause, startDate, stopDate }): ExecutionReport => {
      const visits = visitsOf(execution.history);
      return {
        machine: this.id,
        executionArn: this.executionArn(name),
        status,
        input,
        ...(output !== undefined && { output }),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
        startedAt: startDate,
        stoppedAt: stopDate,
        path: visits.map((visit) => visit.name),
        visits,
      };
    });
    return { arn: this.executionArn(name), done, stop: (error, cause) => execution.stop(error, cause) };
  }

  /** Starts an execution and waits for its end. */
  run(input: Json = {}): Promise<ExecutionReport> {
    return this.start(input).done;
  }

  private load(): Machine {
    this.compiled ??= this.compile();
    const missing = this.tasks.filter(({ name }) => !this.task(name).replaced).flatMap((task) => this.missing(task));
    if (missing.length > 0)
      throw new LoadError(
        `${this.id} calls what is not on this machine; a test can answer it: machine.task(name).answers(…)`,
        missing,
      );
    return this.compiled;
  }

  private compile(): Machine {
    const { problems, definition, type } = this.settings;
    const unresolved = problems.filter(({ property }) => property.startsWith('Definition'));
    if (unresolved.length > 0) {
      throw new LoadError(
        `the definition of ${this.id} could not be resolved`,
        unresolved.map(({ property, reason }) => `${property}: ${reason}`),
      );
    }
    if (definition === undefined) throw new LoadError(`${this.id} has no definition that lies in the app`);
    try {
      return compile(definition, { type });
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      throw new LoadError(
        `the definition of ${this.id} was refused`,
        error.problems.map(({ message, location }) => (location ? `${message} at ${location}` : message)),
      );
    }
  }

  private missing({ name, resource, functionName }: TaskState): string[] {
    const reason =
      waitsForToken(resource) ?? this.tasksHere().unsupported(resource) ?? this.missingFunction(functionName ?? resource);
    return reason === undefined ? [] : [`${name}: ${reason}`];
  }

  private missingFunction(functionName: string): string | undefined {
    if (!/^(arn:|[\w-]+$)/.test(functionName) || functionName.includes(':states:')) return undefined;
    const lambda = this.settings.lambda();
    const config = lambda.find(functionName);
    return config ? lambda.unsupported(config) : `the app has no function '${functionName}'`;
  }

  private tasksHere(): TaskRouter {
    this.router ??= new TaskRouter([new LambdaTask(this.settings.lambda())]);
    return this.router;
  }

  private runTask(request: TaskRequest): TaskOutcome | Promise<TaskOutcome> {
    const outcome = this.task(request.stateName).run(request, this.tasksHere());
    if (!(outcome instanceof Promise) || outcome === UNANSWERED) return outcome;
    return this.settings.clock.hold(untilAborted(outcome, request.signal));
  }

  private executionArn(name: string): string {
    const [arn, partition, service, region, account] = this.arn.split(':');
    const kind = this.type === 'EXPRESS' ? 'express' : 'execution';
    const unique = this.type === 'EXPRESS' ? `:${name}` : '';
    return [arn, partition, service, region, account, kind, this.name, name].join(':') + unique;
  }
}

function waitsForToken(resource: string): string | undefined {
  return resource.endsWith('.waitForTaskToken') ? `resource '${resource}': nothing here takes the task token back` : undefined;
}

/** The outcome, or a placeholder that nobody reads as soon as nobody waits for it. */
function untilAborted(outcome: Promise<TaskOutcome>, signal: AbortSignal): Promise<TaskOutcome> {
  return new Promise((resolve, reject) => {
    outcome.then(resolve, reject);
    if (signal.aborted) resolve({});
    else signal.addEventListener('abort', () => resolve({}), { once: true });
  });
}

function parsed(definition = ''): Json {
  try {
    return JSON.parse(definition) as Json;
  } catch {
    return null; // refused, with AWS's message, when it is compiled
  }
}
