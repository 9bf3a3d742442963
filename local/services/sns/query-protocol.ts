import type { Json } from '../../engine/host';
import type { JsonObject } from '../aws-service';
import type { AwsError } from '../http/aws-error';
import { invalidParameter } from './errors';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** `PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.StringValue` */
const DEEPEST = 8;

type Tree = Map<string, Tree | string>;

/** Reads a request in AWS's query protocol, which SNS speaks: `Action=Publish&MessageAttributes.entry.1.Name=…`. */
export function readQuery(body: string): { readonly operation: string; readonly input: JsonObject } {
  const tree: Tree = new Map();
  for (const [path, value] of new URLSearchParams(body)) {
    const names = path.split('.');
    if (names.length > DEEPEST) throw invalidParameter(`${path.slice(0, 80)}… nests deeper than any request of SNS`);
    insert(tree, names, value);
  }
  const { Action, Version: _, ...input } = jsonOf(tree) as { [name: string]: Json };
  return { operation: String(Action ?? ''), input };
}

/** The XML of an answer. */
export function writeQueryResult(operation: string, output: JsonObject, requestId: string): string {
  const result = Object.entries(output).map(([name, value]) => `    ${element(name, value)}\n`);
  // in lines as SNS writes it: the length of an answer shows in the result of a task
  return [
    `<${operation}Response xmlns="${NAMESPACE}">`,
    `  <${operation}Result>\n${result.join('')}  </${operation}Result>`,
    `  <ResponseMetadata>\n    <RequestId>${requestId}</RequestId>\n  </ResponseMetadata>`,
    `</${operation}Response>\n`,
  ].join('\n');
}

/** The XML of an error; on the wire its name has no `Exception`. */
export function writeQueryError({ name, message, statusCode }: AwsError, requestId: string): string {
  const type = statusCode < 500 ? 'Sender' : 'Receiver';
  return (
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${type}</Type><Code>${name.replace(/Exception$/, '')}</Code>` +
    `<Message>${escaped(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
  );
}

function insert(tree: Tree, [first = '', ...more]: readonly string[], value: string): void {
  if (more.length === 0) {
    tree.set(first, value);
    return;
  }
  const inner = tree.get(first);
  const next: Tree = inner instanceof Map ? inner : new Map();
  tree.set(first, next);
  insert(next, more, value);
}

function jsonOf(tree: Tree | string): Json {
  if (typeof tree === 'string') return tree;
  const [[name, inner] = ['', ''], ...others] = tree;
  if (others.length === 0 && inner instanceof Map) {
    if (name === 'member') return inOrder(inner).map(jsonOf);
    if (name === 'entry') return Object.fromEntries(inOrder(inner).map(entryOf));
  }
  return Object.fromEntries([...tree].map(([key, value]) => [key, jsonOf(value)]));
}

/** Lists and maps are numbered from 1. */
function inOrder(numbered: Tree): (Tree | string)[] {
  return [...numbered].sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}

/** SNS names keys and values in one way of message attributes, and in another of all else. */
function entryOf(entry: Tree | string): [string, Json] {
  const { Name, key = Name, Value, value = Value } = jsonOf(entry) as { [name: string]: Json };
  return [String(key), value ?? null];
}

function element(name: string, value: Json): string {
  return `<${name}>${content(name, value)}</${name}>`;
}

function content(name: string, value: Json): string {
  if (Array.isArray(value)) return value.map((one) => element('member', one)).join('');
  if (typeof value !== 'object' || value === null) return escaped(String(value));
  const members = Object.entries(value);
  // the only map that SNS answers with
  if (name === 'Attributes') {
    return members.map(([key, text]) => `<entry>${element('key', key)}${element('value', text)}</entry>`).join('');
  }
  return members.map(([member, inner]) => element(member, inner)).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
