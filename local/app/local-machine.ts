import type { Json } from '../engine/host';
import { AwsError } from '../services/http/aws-error';
import type { Environment } from './environment';
import type { ExecutionReport } from './execution-report';
import { LoadError } from './load-error';
import type { MachineNames } from './machine-name';
import { visitsOf } from './report-from-history';
import { type TaskState, taskStates } from './task-states';
import { TaskStub } from './task-stub';

export interface LocalMachineSettings extends MachineNames {
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition?: string;
  readonly roleArn?: string;
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

const UNKNOWN_ROLE = 'arn:aws:iam::123456789012:role/unknown';

/** A state machine of a local app. */
export class LocalMachine implements MachineNames {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  readonly path: string;
  readonly type: 'STANDARD' | 'EXPRESS';

  /**
   * Null where there is none that can be read.
   *
   * @internal
   */
  readonly definition: Json;
  private readonly tasks: readonly TaskState[];
  private readonly stubs: ReadonlyMap<string, TaskStub>;
  private created = false;

  /** @internal */
  constructor(
    private readonly settings: LocalMachineSettings,
    private readonly environment: Environment,
  ) {
    this.id = settings.id;
    this.name = settings.name;
    this.arn = settings.arn;
    this.logicalId = settings.logicalId;
    this.path = settings.path;
    this.type = settings.type;
    this.definition = parsed(settings.definition);
    this.tasks = taskStates(this.definition);
    this.stubs = new Map(this.tasks.map(({ name }) => [name, new TaskStub(name)]));
    environment.add(this);
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

  /** The Task states that wait for somebody outside: activities, and those that hand out a task token. */
  get callbackStates(): readonly string[] {
    return this.tasks.filter(({ resource }) => /\.waitForTaskToken$|:activity:/.test(resource)).map(({ name }) => name);
  }

  /**
   * Starts an execution.
   *
   * @throws LoadError if the definition or the input is refused, or a task calls something that is neither here nor answered
   */
  start(input: Json = {}): RunningExecution {
    this.create();
    this.checkTasks();
    // what it starts in turn must be there too
    this.environment.createMachines();
    const { states } = this.environment;
    const text = JSON.stringify(input);
    const request = { stateMachineArn: this.arn, input: text };
    const { executionArn } = accepted(`${this.id} was not started`, () => states.call('StartExecution', request));
    const record = states.execution(executionArn)!;
    this.environment.watch(record);
    const { execution, done } = record;
    const report = done.then(({ status, output, error, cause, startDate, stopDate }): ExecutionReport => {
      const visits = visitsOf(execution.history);
      return {
        machine: this.id,
        executionArn,
        status,
        input: JSON.parse(text) as Json,
        ...(output !== undefined && { output }),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
        startedAt: startDate,
        stoppedAt: stopDate,
        path: visits.map((visit) => visit.name),
        visits,
      };
    });
    return { arn: executionArn, done: report, stop: (error, cause) => execution.stop(error, cause) };
  }

  /** Starts an execution and waits for its end. */
  run(input: Json = {}): Promise<ExecutionReport> {
    return this.start(input).done;
  }

  /**
   * Why it cannot be run here, or what of it cannot; it is created in the service if that can be done.
   *
   * @internal
   */
  check(): LoadError[] {
    return [() => this.create(), () => this.checkTasks()].flatMap((step) => {
      try {
        step();
        return [];
      } catch (error) {
        if (error instanceof LoadError) return [error];
        throw error;
      }
    });
  }

  private create(): void {
    if (this.created) return;
    const { problems, definition, type, name, roleArn = UNKNOWN_ROLE } = this.settings;
    const unresolved = problems.filter(({ property }) => property.startsWith('Definition'));
    if (unresolved.length > 0) {
      const reasons = unresolved.map(({ property, reason }) => `${property}: ${reason}`);
      throw new LoadError(`the definition of ${this.id} could not be resolved`, reasons);
    }
    if (definition === undefined) throw new LoadError(`${this.id} has no definition that lies in the app`);
    const { states } = this.environment;
    accepted(`${this.id} was refused`, () => states.call('CreateStateMachine', { name, definition, type, roleArn }));
    this.created = true;
  }

  private checkTasks(): void {
    const missing = this.tasks
      .filter(({ name }) => !this.task(name).replaced)
      .flatMap((task) => {
        const reason = this.environment.unsupported(task);
        return reason === undefined ? [] : [`${task.name}: ${reason}`];
      });
    if (missing.length === 0) return;
    throw new LoadError(
      `${this.id} calls what is not on this machine; a test can answer it: machine.task(name).answers(…)`,
      missing,
    );
  }
}

function accepted<T>(refusal: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof AwsError) throw new LoadError(refusal, [error.message]);
    throw error;
  }
}

function parsed(definition = ''): Json {
  try {
    return JSON.parse(definition) as Json;
  } catch {
    return null; // refused, with AWS's message, when it is created
  }
}
