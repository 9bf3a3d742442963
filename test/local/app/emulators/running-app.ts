import { App, Stack } from 'aws-cdk-lib';
import { LocalApp } from '../../../../local/app/local-app';
import type { LocalClock } from '../../../../local/app/local-clock';
import type { Json } from '../../../../local/engine/host';
import type { JsonObject } from '../../../../local/services/aws-service';
import type { SnsService } from '../../../../local/services/sns/sns-service';
import { synthesize } from '../../../../local/testing/synthesize';
import { hostDirectory } from '../../services/host-directory';

export const REGION = 'eu-west-1';
export const ACCOUNT = '111122223333';

/** A CDK app that runs: its machines and functions over its tables, queues, topics and buses, all behind one endpoint. */
export async function runApp(define: (stack: Stack) => void, clock?: LocalClock) {
  const stack = new Stack(new App(), 'Shop', { env: { region: REGION, account: ACCOUNT } });
  define(stack);
  const failures: string[] = [];
  const app = LocalApp.load(synthesize(stack), {
    clock,
    hostDirectory: hostDirectory(),
    onFailure: (message) => failures.push(message),
  });
  const states = (action: string, input: JsonObject) => app.states.handle(action, input, {});
  return {
    url: await app.endpoint(),
    failures,
    problems: app.problems,
    outbox: () => (app.service('sns') as SnsService).outbox,
    call: (name: string, operation: string, input: JsonObject) => app.service(name).call(operation, input),
    /** Runs the only machine to its end. */
    run: (input: Json) => app.machine().run(input),
    /** What the executions of the only machine were started with. */
    inputs: () => {
      const { executions } = states('ListExecutions', { stateMachineArn: app.machine().arn }) as {
        executions: { executionArn: string }[];
      };
      return executions.map(({ executionArn }) => {
        const { input } = states('DescribeExecution', { executionArn }) as { input: string };
        return JSON.parse(input) as Json;
      });
    },
    close: () => app.close(),
  };
}
