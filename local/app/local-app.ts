import { type Assembly, AssemblyError, lambdaFunctions, readAssembly, readTemplate, stateMachines } from '../assembly';
import type { LogLine } from '../services/lambda/function-config';
import { LambdaService } from '../services/lambda/lambda-service';
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

  /** All state machines of the app. */
  readonly machines: readonly LocalMachine[];
  private readonly lambdas = new Map<string, LambdaService>();

  private constructor(
    private readonly assembly: Assembly,
    private readonly options: LocalAppOptions,
  ) {
    const clock = options.clock ?? LocalClock.real();
    this.machines = stateMachines(assembly).map((machine) => {
      const [, , , region, account] = machine.arn.split(':') as [string, string, string, string, string];
      return new LocalMachine({
        ...machine,
        id: machineId(machine.path, machine.logicalId),
        clock,
        random: options.random ?? Math.random,
        lambda: () => this.lambda(region, account),
        problems: assembly.problems.filter((problem) => problem.resource.startsWith(`${machine.path} `)),
      });
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

  /** Ends all threads and processes that functions run in. */
  async close(): Promise<void> {
    await Promise.all([...this.lambdas.values()].map((lambda) => lambda.close()));
  }

  /** Functions are called within one region and account, so each of these has a service of its own. */
  private lambda(region: string, accountId: string): LambdaService {
    const place = `${accountId}/${region}`;
    let service = this.lambdas.get(place);
    if (!service) {
      const here = lambdaFunctions(this.assembly).filter((fn) => fn.arn.includes(`:${region}:${accountId}:`));
      service = new LambdaService({ region, accountId, functions: functionConfigs(here), onLog: this.options.onLog });
      this.lambdas.set(place, service);
    }
    return service;
  }
}

function explained<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AssemblyError) throw new LoadError(error.message);
    throw error;
  }
}
