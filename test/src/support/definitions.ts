import { createHash } from 'node:crypto';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import jsonata from 'jsonata';

// biome-ignore lint/suspicious/noExplicitAny: assertions reach into JSON of whatever shape
export type AnyJson = any;

export interface StateJson {
  [field: string]: AnyJson;
}

export interface DefinitionJson {
  StartAt: string;
  States: { [name: string]: StateJson };
}

export function newStack(): Stack {
  return new Stack(new App(), 'Shop');
}

export function newFunction(stack: Stack, id: string): lambda.IFunction {
  return lambda.Function.fromFunctionArn(stack, id, `arn:aws:lambda:us-east-1:111122223333:function:${id}`);
}

/** The definition that a state machine of the chain is deployed with. */
export function definitionOf(stack: Stack, chain: sfn.IChainable, queryLanguage?: sfn.QueryLanguage): DefinitionJson {
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(chain), queryLanguage });
  return deployedDefinition(stack);
}

/** The definition of the stack's one state machine, as CloudFormation would deploy it. */
export function deployedDefinition(stack: Stack): DefinitionJson {
  const [machine] = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));
  return JSON.parse(deployed(machine.Properties.DefinitionString));
}

const PSEUDO_PARAMETERS: { [name: string]: string } = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': '111122223333',
};

function deployed(value: AnyJson): string {
  if (typeof value === 'string') {
    return value;
  }
  if (value['Fn::Join']) {
    const [separator, parts] = value['Fn::Join'];
    return parts.map(deployed).join(separator);
  }
  if (value['Fn::GetAtt']) {
    return `arn:aws:lambda:us-east-1:111122223333:function:${value['Fn::GetAtt'][0]}`;
  }
  return PSEUDO_PARAMETERS[value.Ref] ?? `arn:aws:states:us-east-1:111122223333:activity:${value.Ref}`;
}

// it comes without types
const validate: (
  definition: AnyJson,
) => Promise<{ isValid: boolean; errorsText(separator: string): string }> = require('asl-validator');

/** What asl-validator finds wrong; it writes into what it is given. */
export async function aslErrors(definition: DefinitionJson): Promise<string> {
  const { isValid, errorsText } = await validate(structuredClone(definition));
  return isValid ? '' : errorsText('\n');
}

export interface States {
  readonly input?: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
  readonly context?: unknown;
}

/** Step Functions' own addition to JSONata. */
function hash(data: string, algorithm: string): string {
  return createHash(algorithm).update(data).digest('hex');
}

/** What Step Functions makes of a `{% … %}` expression; rejects where it would raise States.QueryEvaluationError. */
export async function evaluate(expression: string, states: States): Promise<AnyJson> {
  const inner = /^\{%(.*)%\}$/s.exec(expression);
  if (!inner) {
    throw new Error(`no JSONata expression: ${expression}`);
  }
  const value = await jsonata(inner[1]).evaluate({}, { states, hash });
  // JSONata marks arrays it made; JSON has no such thing
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** The state that a JSONata Choice goes on at. */
export async function choose(choice: StateJson, input: unknown): Promise<string> {
  for (const { Condition, Next } of choice.Choices) {
    const met = await evaluate(Condition, { input });
    if (typeof met !== 'boolean') {
      throw new Error(`${Condition} yields ${met}, which is States.QueryEvaluationError`);
    }
    if (met) {
      return Next;
    }
  }
  return choice.Default;
}
