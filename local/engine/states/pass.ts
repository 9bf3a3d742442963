import { settled } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { compileFlow } from './flow';
import { compileNext } from './next';
import { leadsTo, type State } from './state';

/** Passes its input on, or something made of it. */
export function compilePass(name: string, fields: Fields): State {
  const flow = compileFlow(fields, { parameters: true, resultPath: true });
  const result = fields.language === 'JSONPath' ? fields.take('Result') : undefined;
  const next = compileNext(fields);
  return {
    name,
    type: 'Pass',
    *run(visit) {
      const { input } = visit;
      if (fields.language === 'JSONata') return leadsTo(yield* settled(flow.passOn(input, visit)), next);
      if (result !== undefined) visit.inspector?.saw('result', result);
      const value = result === undefined ? yield* settled(flow.prepare(input, visit)) : result;
      return leadsTo(yield* settled(flow.finish(input, value, visit)), next);
    },
  };
}
