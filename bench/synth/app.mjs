// One process, one side: loads its modules, constructs the app, synthesizes it and prints how long each took.
// Usage: node app.mjs <patterns|raw> <folder for the cloud assembly>
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const WORKFLOWS = 100;
const WORKFLOWS_PER_STACK = 50; // CloudFormation takes 500 resources a stack, and a workflow has seven

const [side, outdir] = process.argv.slice(2);
const require = createRequire(import.meta.url);

const start = performance.now();
const { App, Stack } = require('aws-cdk-lib');
const lambda = require('aws-cdk-lib/aws-lambda');
const { addWorkflow } = require(`./${side}.cjs`);

const loaded = performance.now();
const cpu = process.cpuUsage();
const app = new App({ outdir });
for (let workflow = 0; workflow < WORKFLOWS; workflow += WORKFLOWS_PER_STACK) {
  const stack = new Stack(app, `Shop${workflow / WORKFLOWS_PER_STACK}`);
  const purchase = addFunction(stack, 'Purchase');
  const refund = addFunction(stack, 'Refund');
  for (let i = workflow; i < workflow + WORKFLOWS_PER_STACK; i++) {
    addWorkflow(stack, `Workflow${i}`, purchase, refund);
  }
}

const constructed = performance.now();
app.synth();

const synthesized = performance.now();
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    load: loaded - start,
    construct: constructed - loaded,
    synth: synthesized - constructed,
    cpu: (user + system) / 1000,
  }),
);

function addFunction(stack, id) {
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async (event) => event;'),
  });
}
