import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, App, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Branch, CatchPolicy, PurchaseRefundWorkflow, type PurchaseRefundWorkflowProps } from 'cdk-workflow-patterns';
import { newFunction } from './support/definitions';

const { CDK_VALIDATION } = process.env;
beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
  // CDK announces each validation
  jest.spyOn(console, 'error').mockImplementation();
});
afterAll(() => {
  process.env.CDK_VALIDATION = CDK_VALIDATION;
  jest.restoreAllMocks();
});

/** The rules that what `build` adds to a stack breaks: CDK's template validator, where the version has one, and annotations. */
function brokenRules(build: (stack: Stack) => void): string[] {
  const app = new App({
    context: {
      '@aws-cdk/core:annotationsInValidationReport': true,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
    },
  });
  build(new Stack(app, 'Shop'));
  const report = join(app.synth().directory, 'validation-report.json');
  const { pluginReports } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { pluginReports: [] };
  return pluginReports.flatMap((plugin: { violations: { ruleName: string }[] }) => plugin.violations.map((one) => one.ruleName));
}

function workflow(stack: Stack, id: string, props: Partial<PurchaseRefundWorkflowProps> = {}): void {
  new PurchaseRefundWorkflow(stack, id, {
    purchase: Branch.invoke(newFunction(stack, `${id}Purchase`)),
    refund: Branch.invoke(newFunction(stack, `${id}Refund`)),
    ...props,
  });
}

test('a stack with one workflow of each kind has no findings', () => {
  const broken = brokenRules((stack) => {
    workflow(stack, 'Standard');
    workflow(stack, 'Express', { stateMachineType: sfn.StateMachineType.EXPRESS, tracingEnabled: true });
    workflow(stack, 'Encrypted', { encryptionKey: new kms.Key(stack, 'Key') });
    workflow(stack, 'Catching', { catches: [CatchPolicy.of({ fallback: sfn.Pass.jsonata(stack, 'Fallback') })] });
  });
  expect(broken).toEqual([]);
});

test('a warning is a finding', () => {
  const broken = brokenRules((stack) => {
    workflow(stack, 'Standard');
    Annotations.of(stack).addWarningV2('cdk-workflow-patterns:Test.warning', 'something is wrong');
  });
  expect(broken).toEqual([expect.stringContaining('cdk-workflow-patterns:Test.warning')]);
});
