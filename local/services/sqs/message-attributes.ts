import { createHash } from 'node:crypto';
import type { JsonObject } from '../aws-service';
import { invalidValue } from './errors';

/** A message's own attribute, as the API has it; a binary value is Base64. */
export type MessageAttribute = {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
};

export type MessageAttributes = { readonly [name: string]: MessageAttribute };

const TYPE = /^(String|Number|Binary)(\.|$)/;

const STRING_VALUE = 1;
const BINARY_VALUE = 2;

/** The attributes of a message to be sent. */
export function readMessageAttributes(given: JsonObject): MessageAttributes {
  for (const [name, attribute] of Object.entries(given)) {
    const { DataType: type, StringValue: text, BinaryValue: binary } = (attribute ?? {}) as JsonObject;
    if (typeof type !== 'string' || !TYPE.test(type)) {
      throw invalidValue(`MessageAttributes.${name}.DataType`, type ?? '', 'it must be String, Number or Binary.');
    }
    const member = type.startsWith('Binary') ? 'BinaryValue' : 'StringValue';
    if (typeof (member === 'BinaryValue' ? binary : text) !== 'string') {
      throw invalidValue(`MessageAttributes.${name}`, attribute, `an attribute of type ${type} needs ${member}.`);
    }
  }
  return given as unknown as MessageAttributes;
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** What SDKs compare with their own; undefined where there are none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType, StringValue = '', BinaryValue } = attributes[name]!;
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    hash.update(Buffer.from([BinaryValue === undefined ? STRING_VALUE : BINARY_VALUE]));
    add(BinaryValue === undefined ? Buffer.from(StringValue) : Buffer.from(BinaryValue, 'base64'));
  }
  return hash.digest('hex');
}

/** Those that a receiver asks for: by name, by `prefix.*`, or all. */
export function selectAttributes<T>(
  attributes: { readonly [name: string]: T },
  wanted: readonly string[],
): { [name: string]: T } {
  const isWanted = (name: string) =>
    wanted.some((one) => one === 'All' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -2))));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}
