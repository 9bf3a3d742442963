import {
  type Assembly,
  AssemblyError,
  lambdaFunctions,
  type Resource,
  readAssembly,
  readTemplate,
  stateMachines,
} from '../assembly';
import type { Json } from '../engine/host';
import { AwsError } from '../services/http/aws-error';
import type { LogLine } from '../services/lambda/function-config';
import type { StatesService } from '../services/states/states-service';
import { Environment } from './environment';
import { functionConfigs } from './function-configs';
import { LoadError } from './load-error';
import { LocalClock } from './local-clock';
import { LocalMachine } from './local-machine';
import { findMachine, machineId } from './machine-name';

export interface LocalAppOptions {
  /**
   * How time passes.
   *
   * @default - as on the wall
   */
  readonly clock?: LocalClock;
  /**
   * In [0, 1); for retry jitter and the random functions of the language.
   *
   * @default Math.random
   */
  readonly random?: () => number;
  /**
   * Called with each line that a function logs.
   *
   * @default - logs are dropped
   */
  readonly onLog?: (line: LogLine) => void;
}

/** A construct as far as it is named by its path. */
export interface ConstructWithPath {
  readonly node: { readonly path: string };
}

/** A synthesized app, ready to execute its state machines on this machine with the code of its own functions. */
export class LocalApp {
  /**
   * Reads the folder that `cdk synth` wrote.
   *
   * @throws LoadError if there is no assembly that can be read
   * @internal
   */
  static load(directory: string, options: LocalAppOptions = {}): LocalApp {
    return new LocalApp(
      explained(() => readAssembly(directory)),
      options,
    );
  }

  /**
   * Reads one CloudFormation template, which brings no assets: functions are answered by the test.
   *
   * @internal
   */
  static fromTemplate(template: object, options: LocalAppOptions = {}): LocalApp {
    return new LocalApp(
      explained(() => readTemplate(template)),
      options,
    );
  }

  private readonly clock: LocalClock;
  /** All state machines of the app. */
  readonly machines: readonly LocalMachine[];
  private readonly environments = new Map<string, Environment>();

  private constructor(
    private readonly assembly: Assembly,
    private readonly options: LocalAppOptions,
  ) {
    this.clock = options.clock ?? LocalClock.real();
    this.machines = stateMachines(assembly).map((machine) => {
      const id = machineId(machine.path, machine.logicalId);
      const problems = assembly.problems.filter((problem) => problem.resource.startsWith(`${machine.path} `));
      return new LocalMachine({ ...machine, id, problems }, this.environment(machine.arn));
    });
  }

  /**
   * The machine that a name stands for: a construct id, construct path, logical id, name or ARN, or the construct itself.
   *
   * @throws LoadError naming the machines there are
   */
  machine(which: string | ConstructWithPath): LocalMachine {
    return findMachine(this.machines, typeof which === 'string' ? which : which.node.path);
  }

  /**
   * Answers the task token of a `.waitForTaskToken` task or an activity: the state goes on with this output.
   *
   * @throws AwsError as the API has it: InvalidToken, TaskTimedOut …
   */
  sendTaskSuccess(taskToken: string, output: Json = {}): void {
    this.answer((states) => states.call('SendTaskSuccess', { taskToken, output: JSON.stringify(output) }));
  }

  /** Answers a task token: the state fails, or retries or catches. */
  sendTaskFailure(taskToken: string, error?: string, cause?: string): void {
    this.answer((states) => states.call('SendTaskFailure', { taskToken, error, cause }));
  }

  /** Says of a task token that its task is still being worked on. */
  sendTaskHeartbeat(taskToken: string): void {
    this.answer((states) => states.call('SendTaskHeartbeat', { taskToken }));
  }

  /** Ends what still runs, and all threads and processes that functions run in. */
  async close(): Promise<void> {
    await Promise.all([...this.environments.values()].map((environment) => environment.close()));
  }

  private environment(arn: string): Environment {
    const [, , , region, accountId] = arn.split(':') as [string, string, string, string, string];
    const place = `${accountId}/${region}`;
    let environment = this.environments.get(place);
    if (!environment) {
      const isHere = (resource: { readonly arn?: string }) => resource.arn?.includes(`:${region}:${accountId}:`) === true;
      environment = new Environment({
        region,
        accountId,
        clock: this.clock,
        random: this.options.random ?? Math.random,
        functions: functionConfigs(lambdaFunctions(this.assembly).filter(isHere)),
        activities: this.assembly.ofType('AWS::StepFunctions::Activity').filter(isHere).map(nameOf),
        onLog: this.options.onLog,
      });
      this.environments.set(place, environment);
    }
    return environment;
  }

  /** A token does not tell its environment: the first that knows it answers. */
  private answer(send: (states: StatesService) => void): void {
    let refusal: unknown;
    for (const { states } of this.environments.values()) {
      try {
        send(states);
        return;
      } catch (error) {
        refusal = error;
        if (!(error instanceof AwsError) || error.name !== 'InvalidToken') break;
      }
    }
    throw refusal;
  }
}

function nameOf({ arn = '' }: Resource): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

function explained<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AssemblyError) throw new LoadError(error.message);
    throw error;
  }
}
