import { Branch } from '../branch';
import { fork } from '../control/fork';
import type { Step } from '../control/scheduler';
import { type Eventual, settled } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { compileGuard } from '../errors/guard';
import type { Json } from '../host';
import type { Scope } from '../scope';
import type { Visit } from '../visit';
import { compileFlow } from './flow';
import { compileItems } from './map-items';
import { compileProcessor } from './map-processor';
import { compileNext } from './next';
import { compileInteger } from './number-field';
import { leadsTo, type State, type Transition } from './state';

/** AWS runs no more iterations of an inline Map at once. */
const MAX_CONCURRENCY = 40;

/** Runs its item processor on each item of an array, and puts out the outputs in the order of the items. */
export function compileMap(name: string, fields: Fields): State {
  const flow = compileFlow(fields, { resultSelector: true, resultPath: true });
  const items = compileItems(fields);
  const selectItem = compileItemSelector(fields);
  const concurrency = compileInteger(fields, 'MaxConcurrency', 0);
  const processor = compileProcessor(fields);
  const guard = compileGuard(fields, (visit) => visit.record('MapStateFailed'));
  const next = compileNext(fields);

  function* once(visit: Visit): Step<Transition> {
    const data = flow.select(visit.input, visit);
    const values = yield* settled(items(data, visit));
    const limit = (yield* settled(concurrency?.(data, visit))) || MAX_CONCURRENCY;
    visit.record('MapStateStarted', { length: values.length });
    const started = visit.branch.lastEventId;
    const iterate = (index: number) => iteration(visit, started, index, values[index], data);
    const outputs = (yield fork(visit.branch.run.scheduler, values.length, Math.min(limit, MAX_CONCURRENCY), iterate)) as Json[];
    visit.branch.note('MapStateSucceeded');
    return leadsTo(yield* settled(flow.finish(visit.input, outputs, visit)), next);
  }

  function* iteration(visit: Visit, started: number, index: number, value: Json, data: Json): Step<Json> {
    const item = { Item: { Index: index, Value: value } };
    const input = selectItem === undefined ? value : yield* settled(selectItem(data, visit.withMap(item)));
    const branch = new Branch(visit.branch.run, processor, visit.variables, started, visit.branch, item);
    let aborted = true;
    branch.record('MapIterationStarted', { name, index });
    try {
      const output = yield* branch.walk(input);
      branch.record('MapIterationSucceeded', { name, index });
      aborted = false;
      return output;
    } catch (error) {
      branch.note('MapIterationFailed', { name, index });
      aborted = false;
      throw error;
    } finally {
      if (aborted) branch.note('MapIterationAborted', { name, index });
      else branch.join();
    }
  }

  return { name, type: 'Map', run: (visit) => guard(visit, once) };
}

function compileItemSelector(fields: Fields): ((data: Json, scope: Scope) => Eventual<Json>) | undefined {
  if (fields.language === 'JSONata') {
    const template = fields.jsonataTemplate('ItemSelector');
    return template && ((input, scope) => template({ input }, scope));
  }
  fields.atMostOne('ItemSelector', 'Parameters');
  return fields.payloadTemplate('ItemSelector') ?? fields.payloadTemplate('Parameters');
}
