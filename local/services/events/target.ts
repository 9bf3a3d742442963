import type { Json } from '../../engine/host';
import { asText } from '../as-text';
import type { JsonObject } from '../aws-service';
import { validationError } from './errors';
import { type InputTemplate, readInputTemplate } from './input-template';
import { readPath } from './read-path';

/** Where a rule sends its events, and what of them. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  /** As PutTargets was given it. */
  readonly given: JsonObject;
  /** Of a FIFO queue. */
  readonly messageGroupId?: string;
  /** Where an event goes that could not be delivered. */
  readonly deadLetterArn?: string;
  /** The text that is delivered. */
  inputOf(event: Json, context: TargetContext): string;
}

/** What a template may name besides the event. */
export interface TargetContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** In ISO 8601. */
  readonly ingestionTime: string;
}

export function readTarget(given: JsonObject): Target {
  const { Id: id, Arn: arn } = given;
  if (typeof id !== 'string' || typeof arn !== 'string') {
    throw validationError(`target ${JSON.stringify(given)} needs Id and Arn, both strings`);
  }
  const { MessageGroupId: groupId } = (given.SqsParameters ?? {}) as JsonObject;
  const { Arn: deadLetterArn } = (given.DeadLetterConfig ?? {}) as JsonObject;
  return {
    id,
    arn,
    given,
    ...(typeof groupId === 'string' && { messageGroupId: groupId }),
    ...(typeof deadLetterArn === 'string' && { deadLetterArn }),
    inputOf: inputOf(given, id),
  };
}

function inputOf({ Input: input, InputPath: path, InputTransformer: transformer }: JsonObject, id: string): Target['inputOf'] {
  const ways = { Input: input, InputPath: path, InputTransformer: transformer };
  const used = Object.entries(ways).flatMap(([name, way]) => (way === undefined ? [] : [name]));
  if (used.length > 1)
    throw validationError(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  if (input !== undefined) return () => asText(input);
  if (path !== undefined) {
    const read = readPath(asText(path));
    return (event) => JSON.stringify(read(event) ?? null);
  }
  if (transformer === undefined) return (event) => JSON.stringify(event);
  return readInputTemplate(transformer as unknown as InputTemplate);
}
