import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Emulators } from '../../../../local/app/emulators/emulators';
import { functionConfigs } from '../../../../local/app/function-configs';
import { LocalClock } from '../../../../local/app/local-clock';
import { lambdaFunctions, readAssembly, stateMachines } from '../../../../local/assembly';
import type { Json } from '../../../../local/engine/host';
import type { AwsService, JsonObject } from '../../../../local/services/aws-service';
import { JsonServer } from '../../../../local/services/http/json-server';
import type { JsonService } from '../../../../local/services/http/json-service';
import { LambdaService } from '../../../../local/services/lambda/lambda-service';
import { LambdaTask } from '../../../../local/services/lambda/lambda-task';
import { SdkTask } from '../../../../local/services/sdk/sdk-task';
import { StatesService } from '../../../../local/services/states/states-service';
import { TaskRouter } from '../../../../local/services/task-router';
import { hostDirectory } from '../../services/host-directory';

export const REGION = 'eu-west-1';
export const ACCOUNT = '111122223333';

/** What the header of a request says, by service. */
const TARGETS: { readonly [service: string]: string } = {
  dynamodb: 'DynamoDB_20120810',
  sqs: 'AmazonSQS',
  events: 'AWSEvents',
};

/** A CDK app that runs: its machines and functions over its tables, queues, topics and buses, all behind one endpoint. */
export async function runApp(define: (stack: Stack) => void, clock = LocalClock.real()) {
  const outdir = mkdtempSync(join(tmpdir(), 'emulators-'));
  const app = new App({ outdir });
  define(new Stack(app, 'Shop', { env: { region: REGION, account: ACCOUNT } }));
  app.synth();
  const assembly = readAssembly(outdir);
  const behind: { [target: string]: JsonService } = {};
  const server = new JsonServer({
    services: ['AWSStepFunctions', ...Object.values(TARGETS)].map((target) => ({
      target,
      handle: (...call) => behind[target]!.handle(...call),
    })),
    onFault: (fault) => failures.push(String(fault)),
  });
  const { url } = await server.listen(0);
  const failures: string[] = [];
  const functions = functionConfigs(lambdaFunctions(assembly), { AWS_ENDPOINT_URL_SFN: url, AWS_ENDPOINT_URL_SQS: url });
  const lambda = new LambdaService({ region: REGION, accountId: ACCOUNT, functions, hostDirectory: hostDirectory() });
  const emulators: Emulators = new Emulators({
    region: REGION,
    accountId: ACCOUNT,
    clock,
    resources: assembly.resources,
    endpoint: url,
    invoke: (request) => lambda.invoke(request),
    startExecution: (stateMachineArn, input) => void states.call('StartExecution', { stateMachineArn, input }),
    onFailure: (message) => failures.push(message),
  });
  const service = (name: string) => emulators.services.find((one) => one.name === name);
  const tasks = new TaskRouter([new LambdaTask(lambda), new SdkTask(service)]);
  const states: StatesService = new StatesService({
    region: REGION,
    accountId: ACCOUNT,
    clock,
    random: Math.random,
    uuid: randomUUID,
    tasks: { supports: (resource) => tasks.supports(resource), run: (request) => clock.hold(tasks.run(request)) },
  });
  behind.AWSStepFunctions = states;
  for (const [name, target] of Object.entries(TARGETS)) behind[target] = jsonService(target, service(name)!);
  for (const { name, definition, type } of stateMachines(assembly)) {
    states.call('CreateStateMachine', { name, definition: definition!, type, roleArn: `arn:aws:iam::${ACCOUNT}:role/any` });
  }
  return {
    url,
    failures,
    emulators,
    call: (name: string, operation: string, input: JsonObject) => service(name)!.call(operation, input),
    /** Physical ids of the resources of a type. */
    idsOf: (type: string) => assembly.ofType(type).map(({ physicalId }) => physicalId),
    arnsOf: (type: string) => assembly.ofType(type).map(({ arn }) => arn!),
    /** Runs the only machine to its end. */
    run: async (input: Json) => {
      const [machine] = stateMachines(assembly);
      const started = states.call('StartExecution', { stateMachineArn: machine!.arn, input: JSON.stringify(input) });
      const record = states.execution(started.executionArn)!;
      await record.done;
      return record;
    },
    /** What the executions of the only machine were started with. */
    inputs: () => {
      const [machine] = stateMachines(assembly);
      const { executions } = states.call('ListExecutions', { stateMachineArn: machine!.arn });
      return executions.map(({ executionArn }) => JSON.parse(states.call('DescribeExecution', { executionArn }).input!) as Json);
    },
    close: async () => {
      states.close();
      await emulators.close();
      await lambda.close();
      await server.close();
      rmSync(outdir, { recursive: true });
    },
  };
}

function jsonService(target: string, service: AwsService): JsonService {
  return {
    target,
    handle: (operation, input, { signal }) => service.call(operation, input as JsonObject, signal),
  };
}
