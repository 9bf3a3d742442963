import type { Json } from '../../engine/host';
import type { JsonObject } from '../aws-service';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Lists that are one element in another; the others repeat their own name. */
const WRAPPED: { readonly [list: string]: string } = { Buckets: 'Bucket' };

export function writeXml(root: string, output: JsonObject): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${members(output)}</${root}>`;
}

export function writeErrorXml(error: JsonObject): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${members(error)}</Error>`;
}

/** The keys in the body of DeleteObjects. */
export function readDelete(xml: string): JsonObject {
  const keys = [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => ({ Key: unescaped(key!) }));
  return { Objects: keys, Quiet: /<Quiet>true<\/Quiet>/.test(xml) };
}

function members(object: JsonObject): string {
  return Object.entries(object)
    .map(([name, value]) => element(name, value))
    .join('');
}

function element(name: string, value: Json): string {
  if (Array.isArray(value)) {
    const inner = WRAPPED[name];
    const items = value.map((item) => element(inner ?? name, item)).join('');
    return inner === undefined ? items : `<${name}>${items}</${name}>`;
  }
  return `<${name}>${typeof value === 'object' && value !== null ? members(value as JsonObject) : escaped(String(value))}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const NAMED: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(amp|lt|gt|quot|apos));/gi, (_, decimal, hex, name) =>
    name === undefined ? String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)) : NAMED[name]!,
  );
}
