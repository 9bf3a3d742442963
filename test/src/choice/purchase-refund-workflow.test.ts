import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Branch, CatchPolicy, PurchaseRefundWorkflow, type PurchaseRefundWorkflowProps } from 'cdk-workflow-patterns';
import { aslErrors, deployedDefinition, newFunction, newStack } from '../support/definitions';

function workflow(stack: Stack, props: Partial<PurchaseRefundWorkflowProps> = {}): PurchaseRefundWorkflow {
  return new PurchaseRefundWorkflow(stack, 'Orders', {
    purchase: Branch.invoke(newFunction(stack, 'Purchase')),
    refund: Branch.invoke(newFunction(stack, 'Refund')),
    ...props,
  });
}

test('the whole template', () => {
  const stack = newStack();
  workflow(stack);
  const { Resources } = Template.fromStack(stack).toJSON();
  expect(Resources).toMatchSnapshot();
});

test('the definition is valid, and the same in Standard and Express', async () => {
  const [standard, express] = [sfn.StateMachineType.STANDARD, sfn.StateMachineType.EXPRESS].map((stateMachineType) => {
    const stack = newStack();
    workflow(stack, { stateMachineType });
    return deployedDefinition(stack);
  });
  expect(await aslErrors(standard)).toBe('');
  expect(express).toEqual(standard);
});

test('the machine is made of the fragment, and each takes the props of its own', () => {
  const stack = newStack();
  const { purchaseRefund, stateMachine } = workflow(stack, { on: '{% $states.input.kind %}', timeout: Duration.hours(1) });
  expect(stateMachine.node.scope).toBe(purchaseRefund.node.scope);
  const definition = deployedDefinition(stack);
  expect(definition.StartAt).toBe(purchaseRefund.startState.stateId);
  expect(definition.States[definition.StartAt].Choices[0].Condition).toContain('$states.input.kind');
  expect(definition).toMatchObject({ TimeoutSeconds: 3600 });
});

test('the role may invoke the two functions and no other', () => {
  const stack = newStack();
  workflow(stack);
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const invoke = Properties.PolicyDocument.Statement.filter((one: { Action: string }) => one.Action === 'lambda:InvokeFunction');
  const arn = 'arn:aws:lambda:us-east-1:111122223333:function';
  expect(invoke.flatMap((one: { Resource: string[] }) => one.Resource)).toEqual([
    `${arn}:Purchase`,
    `${arn}:Purchase:*`,
    `${arn}:Refund`,
    `${arn}:Refund:*`,
  ]);
});

describe('cdk-nag', () => {
  interface Violation {
    readonly ruleName: string;
  }

  // CDK announces each validation
  beforeEach(() => {
    jest.spyOn(console, 'error').mockImplementation();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** The rules of AwsSolutions that what `build` adds to a stack breaks. */
  function brokenRules(build: (stack: Stack) => void): string[] {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    build(new Stack(app, 'Shop'));
    const assembly = app.synth();
    const report = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));
    return report.pluginReports
      .flatMap((plugin: { violations: Violation[] }) => plugin.violations.map((one) => one.ruleName))
      .sort();
  }

  function localFunction(stack: Stack, id: string): lambda.Function {
    const code = lambda.Code.fromInline('exports.handler = async (event) => event');
    return new lambda.Function(stack, id, { runtime: lambda.Runtime.NODEJS_LATEST, handler: 'index.handler', code });
  }

  test.each([
    [sfn.StateMachineType.STANDARD, {}],
    [sfn.StateMachineType.EXPRESS, {}],
    [sfn.StateMachineType.STANDARD, { logLevel: sfn.LogLevel.ALL, tracingEnabled: true }],
  ])('finds nothing in %s with %j', (stateMachineType, props) => {
    expect(brokenRules((stack) => workflow(stack, { stateMachineType, ...props }))).toEqual([]);
  });

  test('needs no acknowledgement of what the props do as the rules say', () => {
    const acknowledged = (props: Partial<PurchaseRefundWorkflowProps>) => {
      const { metadata } = workflow(newStack(), props).stateMachine.node;
      const entries = metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
      return entries.flatMap(({ data }) => Object.keys(data)).filter((rule) => rule.startsWith('AwsSolutions-SF'));
    };
    expect(acknowledged({})).toEqual(['AwsSolutions-SF1', 'AwsSolutions-SF2']);
    expect(acknowledged({ logLevel: sfn.LogLevel.ALL, tracingEnabled: true })).toEqual([]);
  });

  test('finds nothing with functions, versions and aliases of the same stack', () => {
    const broken = brokenRules((stack) => {
      const purchase = localFunction(stack, 'PurchaseFunction');
      const refund = new lambda.Alias(stack, 'Live', {
        aliasName: 'live',
        version: localFunction(stack, 'RefundFunction').currentVersion,
      });
      new PurchaseRefundWorkflow(stack, 'Orders', { purchase: Branch.invoke(purchase), refund: Branch.invoke(refund) });
    });
    // the functions' own roles
    expect(broken.filter((rule) => !rule.startsWith('AwsSolutions-IAM4'))).toEqual([]);
  });

  test('finds nothing where an error is handled by a function', () => {
    const broken = brokenRules((stack) => {
      const fallback = tasks.LambdaInvoke.jsonata(stack, 'Apologise', { lambdaFunction: newFunction(stack, 'F') });
      workflow(stack, { catches: [CatchPolicy.of({ fallback })] });
    });
    expect(broken).toEqual([]);
  });

  test.each([
    ['*', 'dynamodb:DeleteTable', 'AwsSolutions-IAM5[Resource::*]'],
    ['*', 'logs:DeleteLogGroup', 'AwsSolutions-IAM5[Resource::*]'],
    [
      'arn:aws:lambda:us-east-1:111122223333:function:Purchase:*',
      'lambda:DeleteFunction',
      'AwsSolutions-IAM5[Resource::arn:aws:lambda:us-east-1:111122223333:function:Purchase:*]',
    ],
    [
      'arn:aws:lambda:us-east-1:111122223333:function:*',
      'lambda:InvokeFunction',
      'AwsSolutions-IAM5[Resource::arn:aws:lambda:us-east-1:111122223333:function:*]',
    ],
  ])('finds a statement of one’s own on %s that allows %s, however late it was added', (resource, action, rule) => {
    const broken = brokenRules((stack) => {
      const { stateMachine } = workflow(stack);
      stateMachine.addToRolePolicy(new iam.PolicyStatement({ actions: [action], resources: [resource] }));
    });
    expect(broken).toEqual([rule]);
  });

  test('finds nothing where the role is denied something', () => {
    const broken = brokenRules((stack) => {
      const { stateMachine } = workflow(stack);
      const deny = { effect: iam.Effect.DENY, actions: ['dynamodb:DeleteTable'], resources: ['*'] };
      stateMachine.addToRolePolicy(new iam.PolicyStatement(deny));
    });
    expect(broken).toEqual([]);
  });

  test('finds a statement of one’s own in a role whose policy CDK splits, as it is too large for one', () => {
    const broken = brokenRules((stack) => {
      const { stateMachine } = workflow(stack);
      for (let i = 0; i < 100; i++) {
        const resources = [`arn:aws:dynamodb:us-east-1:111122223333:table/${'t'.repeat(150)}${i}`];
        stateMachine.addToRolePolicy(new iam.PolicyStatement({ actions: [`dynamodb:Action${i}`], resources }));
      }
      // too long for the space that is left in the first policy
      const actions = Array.from({ length: 50 }, (_, i) => `dynamodb:AnyAction${i}`);
      stateMachine.addToRolePolicy(new iam.PolicyStatement({ actions, resources: ['*'] }));
    });
    expect(broken).toEqual(['AwsSolutions-IAM5[Resource::*]']);
  });

  test('finds what a machine without a workflow lacks', () => {
    const broken = brokenRules((stack) => {
      const task = tasks.LambdaInvoke.jsonata(stack, 'Task', { lambdaFunction: newFunction(stack, 'F') });
      new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(task) });
    });
    expect(broken).toEqual([
      'AwsSolutions-IAM5[Resource::arn:aws:lambda:us-east-1:111122223333:function:F:*]',
      'AwsSolutions-SF1',
      'AwsSolutions-SF2',
    ]);
  });
});
