import {
  type Assembly,
  AssemblyError,
  DEFAULT_ACCOUNT,
  DEFAULT_REGION,
  lambdaFunctions,
  type Resource,
  readAssembly,
  readTemplate,
  stateMachines,
} from '../assembly';
import type { Json } from '../engine/host';
import type { AwsService } from '../services/aws-service';
import { JsonServer } from '../services/http/json-server';
import type { JsonService } from '../services/http/json-service';
import type { LogLine } from '../services/lambda/function-config';
import { serviceName } from '../services/sdk/service-name';
import { Environment, type EnvironmentOptions } from './environment';
import { functionConfigs, withEndpoints } from './function-configs';
import { httpFaces } from './http-faces';
import { LoadError } from './load-error';
import { LocalClock } from './local-clock';
import { LocalMachine } from './local-machine';
import { findMachine, machineId, onlyMachine } from './machine-name';
import type { MockConfig } from './mock-config/mock-config';
import { MockedExecutions } from './mock-config/mocked-executions';
import { StatesByPlace } from './states-by-place';

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
  /**
   * Where the functions find Step Functions, such as `http://127.0.0.1:8083`.
   *
   * @default - where their own code says
   */
  readonly endpoint?: string;
  /**
   * Where services of AWS are that tasks are to reach, by name: `{ dynamodb: 'http://127.0.0.1:8000' }`. The name is that
   * of `aws-sdk` integrations, and the project has its `@aws-sdk/client-…` installed.
   *
   * @default - those that are emulated here, and no others
   */
  readonly endpoints?: { readonly [service: string]: string };
  /**
   * Test cases that executions may be started as, by an ARN with `#` and the name of the case.
   *
   * @default - none
   * @internal
   */
  readonly mockConfig?: MockConfig;
  /**
   * Where the programs lie that functions run in.
   *
   * @default - beside this one
   * @internal
   */
  readonly hostDirectory?: string;
  /**
   * Called when something failed that nobody waits for, such as the delivery of a message to a function.
   *
   * @default - a warning of the process
   */
  readonly onFailure?: (message: string) => void;
  /**
   * Called when an execution that a test or another machine started has ended.
   *
   * @default - nobody is told
   */
  readonly onEnd?: EnvironmentOptions['onEnd'];
}

/** What functions find on this machine, unless the user says that it is elsewhere. */
const EMULATED = ['sfn', 'dynamodb', 'events', 's3', 'sns', 'sqs'];

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
   * An app without anything in it: what is to run is created by requests.
   *
   * @internal
   */
  static empty(options: LocalAppOptions = {}): LocalApp {
    return LocalApp.fromTemplate({}, options);
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
  private readonly mocked: MockedExecutions | undefined;
  private readonly endpoints: { readonly [service: string]: string };
  /** All state machines of the app. */
  readonly machines: readonly LocalMachine[];
  /**
   * The Step Functions API over this app.
   *
   * @internal
   */
  readonly states: JsonService;
  private readonly environments = new Map<string, Environment>();
  private serving: Promise<string> | undefined;
  private server: JsonServer | undefined;

  private constructor(
    private readonly assembly: Assembly,
    private readonly options: LocalAppOptions,
  ) {
    this.clock = options.clock ?? LocalClock.real();
    this.mocked = options.mockConfig && new MockedExecutions(options.mockConfig);
    this.endpoints = Object.fromEntries(
      Object.entries(options.endpoints ?? {}).map(([service, url]) => [serviceName(service), url]),
    );
    this.machines = stateMachines(assembly).map((machine) => {
      const id = machineId(machine.path, machine.logicalId);
      const problems = assembly.problems.filter((problem) => problem.resource.startsWith(`${machine.path} `));
      return new LocalMachine({ ...machine, id, problems }, this.environment(machine.arn));
    });
    // where the app has no machine, requests make their own, and its tables and queues are there
    for (const { region, account } of assembly.stacks) this.environment(`arn:aws:states:${region}:${account}`);
    if (this.environments.size === 0) this.environment(`arn:aws:states:${DEFAULT_REGION}:${DEFAULT_ACCOUNT}`);
    const states = new StatesByPlace(new Map([...this.environments].map(([place, environment]) => [place, environment.states])));
    this.states = this.mocked?.over(states) ?? states;
  }

  /**
   * The machine that a name stands for: a construct id, construct path, logical id, name or ARN, or the construct itself.
   *
   * @param which May be left out where the app has one machine
   * @throws LoadError naming the machines there are
   */
  machine(which?: string | ConstructWithPath): LocalMachine {
    if (which === undefined) return onlyMachine(this.machines);
    return findMachine(this.machines, typeof which === 'string' ? which : which.node.path);
  }

  /**
   * What of the app's resources does not do on this machine what it does in AWS, a line each.
   *
   * @internal
   */
  get problems(): readonly string[] {
    return [...this.environments.values()].flatMap(({ problems }) => problems);
  }

  /**
   * A service that is emulated for the app, to give it what a test needs and to see what it was given:
   * `await app.service('s3').call('PutObject', { Bucket, Key, Body })`.
   *
   * @param name `dynamodb`, `events`, `s3`, `sns` or `sqs`
   * @throws LoadError if it is not emulated, or elsewhere by `endpoints`
   */
  service(name: string): AwsService {
    const service = this.emulated(serviceName(name));
    if (service !== undefined) return service;
    throw new LoadError(`'${name}' is not emulated on this machine; what is:`, EMULATED.slice(1));
  }

  /**
   * A service that is emulated for the app, in the region or else in the first one.
   *
   * @internal
   */
  emulated(service: string, region?: string): AwsService | undefined {
    const environments = [...this.environments.entries()];
    const [, environment] = environments.find(([place]) => place.endsWith(`/${region}`)) ?? environments[0]!;
    return environment.emulated(service);
  }

  /**
   * Answers the task token of a `.waitForTaskToken` task or an activity: the state goes on with this output.
   *
   * @throws AwsError as the API has it: InvalidToken, TaskTimedOut …
   */
  sendTaskSuccess(taskToken: string, output: Json = {}): void {
    this.states.handle('SendTaskSuccess', { taskToken, output: JSON.stringify(output) }, {});
  }

  /** Answers a task token: the state fails, or retries or catches. */
  sendTaskFailure(taskToken: string, error?: string, cause?: string): void {
    this.states.handle('SendTaskFailure', { taskToken, error, cause }, {});
  }

  /** Says of a task token that its task is still being worked on. */
  sendTaskHeartbeat(taskToken: string): void {
    this.states.handle('SendTaskHeartbeat', { taskToken }, {});
  }

  /**
   * The URL at which the app's services, Step Functions included, answer the SDKs and the AWS CLI. They are served from the
   * first call on, and for functions that run.
   */
  endpoint(): Promise<string> {
    this.serving ??= this.options.endpoint === undefined ? this.listen() : Promise.resolve(this.options.endpoint);
    return this.serving;
  }

  /** Ends what still runs, and all threads and processes that functions run in. */
  async close(): Promise<void> {
    await Promise.all([...this.environments.values()].map((environment) => environment.close()));
    await this.server?.close();
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
        resources: this.assembly.resources.filter(({ stack }) => stack.region === region && stack.account === accountId),
        endpoints: this.endpoints,
        prepare: async (config) => withEndpoints(config, await this.whereServicesAre()),
        directory: process.cwd(),
        mock: (request) => this.mocked?.answer(request),
        onLog: this.options.onLog,
        hostDirectory: this.options.hostDirectory,
        onFailure: (message) => this.failed(message),
        onEnd: this.options.onEnd,
      });
      this.environments.set(place, environment);
    }
    return environment;
  }

  private async whereServicesAre(): Promise<{ readonly [service: string]: string }> {
    const endpoint = await this.endpoint();
    return { ...Object.fromEntries(EMULATED.map((service) => [service, endpoint])), ...this.endpoints };
  }

  private async listen(): Promise<string> {
    const onFault = (fault: unknown, action: string) => this.failed(`${action}: ${fault}`);
    this.server = new JsonServer({ ...httpFaces(() => this, onFault), onFault });
    const { url } = await this.server.listen(0);
    // whoever waits for a function waits for its requests too
    this.server.unref();
    return url;
  }

  private failed(message: string): void {
    if (this.options.onFailure) this.options.onFailure(message);
    else process.emitWarning(message);
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
