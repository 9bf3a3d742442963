import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';

type AddWorkflow = (stack: Stack, id: string, purchase: lambda.IFunction, refund: lambda.IFunction) => void;

function templateOf({ addWorkflow }: { addWorkflow: AddWorkflow }): unknown {
  const stack = new Stack(new App(), 'Shop');
  const [purchase, refund] = ['Purchase', 'Refund'].map((id) =>
    lambda.Function.fromFunctionArn(stack, id, `arn:aws:lambda:eu-central-1:123456789012:function:${id}`),
  );
  addWorkflow(stack, 'Workflow', purchase, refund);
  return Template.fromStack(stack).toJSON();
}

test('both sides of the synth benchmark make the same template', () => {
  const raw = templateOf(require('../../bench/synth/raw.cjs'));
  const patterns = templateOf(require('../../bench/synth/patterns.cjs'));
  expect(raw).toEqual(patterns);
});
