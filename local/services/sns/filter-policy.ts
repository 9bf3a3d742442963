import type { Json } from '../../engine/host';
import { compilePattern, type EventPattern } from '../events/pattern/event-pattern';
import { PatternError } from '../events/pattern/pattern-error';
import { invalidParameter } from './errors';
import type { MessageAttribute, Notification } from './notification';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

export type Filter = (notification: Notification) => boolean;

/** @throws AwsError saying what is wrong with the policy */
export function compileFilter(policy: Json, scope: FilterPolicyScope): Filter {
  const matches = compile(policy);
  if (scope === 'MessageBody') return ({ message }) => matches(parsed(message) ?? null);
  return ({ attributes }) => {
    const values = Object.entries(attributes).map(([name, attribute]) => [name, attributeValue(attribute)]);
    return matches(Object.fromEntries(values) as Json);
  };
}

function compile(policy: Json): EventPattern {
  try {
    return compilePattern(policy);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw invalidParameter(`FilterPolicy: ${error.message}`);
  }
}

/** By its data type, a number or a list; of a binary value a policy can only say that it is there. */
function attributeValue({ DataType, StringValue }: MessageAttribute): Json {
  if (StringValue === undefined) return null;
  if (DataType === 'Number') return Number(StringValue);
  return DataType === 'String.Array' ? (parsed(StringValue) ?? StringValue) : StringValue;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
