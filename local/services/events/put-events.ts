import type { Json } from '../../engine/host';
import { asText } from '../as-text';
import type { JsonObject } from '../aws-service';

/** Who an event is of. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

export interface EntryError {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** The event of an entry of PutEvents, or what is wrong with it. */
export function eventOf(
  entry: JsonObject,
  id: string,
  now: number,
  place: Place,
): { readonly [field: string]: Json } | EntryError {
  const { Source: source, DetailType: detailType, Detail: text, Time: time, Resources: resources = [] } = entry;
  for (const [name, value] of Object.entries({ Source: source, DetailType: detailType, Detail: text })) {
    if (typeof value !== 'string' || value === '') {
      return invalid('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
    }
  }
  if (asText(source).startsWith('aws.')) {
    return invalid('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  const detail = parse(asText(text));
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) {
    return invalid('MalformedDetail', 'Detail is malformed.');
  }
  return {
    version: '0',
    id,
    'detail-type': detailType!,
    source: source!,
    account: place.accountId,
    time: new Date(timeOf(time, now)).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: place.region,
    resources: resources as Json,
    detail,
  };
}

/** Seconds since the epoch, as the protocol has it, or ISO 8601, as Step Functions has it. */
function timeOf(time: Json | undefined, now: number): number {
  const at = typeof time === 'number' ? time * 1000 : typeof time === 'string' ? Date.parse(time) : now;
  return Number.isNaN(at) ? now : at;
}

function invalid(ErrorCode: string, ErrorMessage: string): EntryError {
  return { ErrorCode, ErrorMessage };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
