import { Branch } from '../branch';
import { fork } from '../control/fork';
import type { Step } from '../control/scheduler';
import { type Eventual, settled } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { compileGraph } from '../definition/graph';
import { compileGuard } from '../errors/guard';
import type { Json } from '../host';
import { isObject } from '../json';
import type { Graph } from '../machine';
import type { Scope } from '../scope';
import type { Visit } from '../visit';
import { compileFlow } from './flow';
import { compileItems } from './map-items';
import { compileNext } from './next';
import { compileInteger } from './number-field';
import { leadsTo, type State, type Transition } from './state';

/** AWS runs no more iterations of an inline Map at once. */
const MAX_CONCURRENCY = 40;

const DISTRIBUTED_ONLY = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'];
const TOLERATED = ['ToleratedFailureCount', 'ToleratedFailurePercentage'];

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
    const iterate = (index: number) => iteration(visit, index, values[index], data);
    const outputs = (yield fork(visit.branch.run.scheduler, values.length, Math.min(limit, MAX_CONCURRENCY), iterate)) as Json[];
    visit.branch.note('MapStateSucceeded');
    return leadsTo(yield* settled(flow.finish(visit.input, outputs, visit)), next);
  }

  function* iteration(visit: Visit, index: number, value: Json, data: Json): Step<Json> {
    const item = { Item: { Index: index, Value: value } };
    const input = selectItem === undefined ? value : yield* settled(selectItem(data, visit.withMap(item)));
    const branch = new Branch(visit.branch.run, processor, visit.variables, visit.branch.lastEventId, visit.branch, item);
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

/** Reads ItemProcessor, or Iterator as it used to be called. */
function compileProcessor(fields: Fields): Graph {
  const name = fields.has('ItemProcessor') ? 'ItemProcessor' : 'Iterator';
  fields.atMostOne('ItemProcessor', 'Iterator');
  if (!fields.has(name)) fields.require('ItemProcessor');
  const source = fields.object(name);
  if (source === undefined) return { startAt: '', states: {} };
  const inner = fields.graph(source, name);
  const config = inner.object('ProcessorConfig');
  if (isObject(config) && config.Mode === 'DISTRIBUTED') {
    fields.refuse("A Map state of the mode 'DISTRIBUTED'", name);
    for (const field of [...DISTRIBUTED_ONLY, ...TOLERATED, ...TOLERATED.map((each) => `${each}Path`)]) fields.take(field);
  } else {
    compileTolerance(fields);
  }
  const graph = compileGraph(inner);
  inner.finish();
  return graph;
}

/** An inline Map may say what it tolerates; it fails with its first iteration all the same. */
function compileTolerance(fields: Fields): void {
  for (const name of TOLERATED) compileInteger(fields, name, 0);
}
