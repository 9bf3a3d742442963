import { copyOf, parseJson, setKey } from '../json';
import { objectArgument, stringArgument } from './arguments';
import type { IntrinsicFunction } from './functions';

export const JSON_FUNCTIONS: Record<string, IntrinsicFunction> = {
  'States.StringToJson': {
    arity: [1, 1],
    apply: ([text]) => {
      const source = stringArgument(text, 'first');
      return source.trim() === '' ? null : parseJson(source);
    },
  },
  'States.JsonToString': { arity: [1, 1], apply: ([value]) => JSON.stringify(value) },
  'States.JsonMerge': {
    arity: [3, 3],
    apply: ([first, second, deep]) => {
      if (deep !== false) throw new TypeError('The third argument must be false: only shallow merging is supported');
      const merged = copyOf(objectArgument(first, 'first'));
      const over = objectArgument(second, 'second');
      for (const key of Object.keys(over)) setKey(merged, key, over[key]);
      return merged;
    },
  },
};
