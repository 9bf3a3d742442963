import type { Json } from '../../engine';
import { findFault } from './json-fault';

/** What AWS's JSON parser goes down to. */
const MAX_DEPTH = 1000;

/** A text that holds no JSON value, or one that is nested too deeply; the message is that of AWS's parser. */
export class JsonTextError extends Error {}

/** Reads a JSON text, as inputs and outputs are. */
export function parseJsonText(text: string): Json {
  checkDepth(text);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new JsonTextError(findFault(text) ?? (error as Error).message);
  }
}

/** What is nested deeper would exhaust the stack of whoever walks it. */
export function checkDepth(text: string): void {
  if (text.length > 2 * MAX_DEPTH && depth(text) > MAX_DEPTH) {
    throw new JsonTextError(
      `Document nesting depth (${MAX_DEPTH + 1}) exceeds the maximum allowed (${MAX_DEPTH}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`,
    );
  }
}

function depth(text: string): number {
  let deepest = 0;
  let open = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (quoted) {
      if (char === 0x5c) i++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x5b || char === 0x7b) deepest = Math.max(deepest, ++open);
    else if (char === 0x5d || char === 0x7d) open--;
  }
  return deepest;
}
