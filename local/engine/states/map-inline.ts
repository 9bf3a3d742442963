import { Branch } from '../branch';
import { fork } from '../control/fork';
import type { Step } from '../control/scheduler';
import { settled } from '../control/suspensions';
import type { Json } from '../host';
import type { Graph } from '../machine';
import type { Visit } from '../visit';
import type { Line } from './line';
import type { MapFields } from './map';
import { leadsTo, type Transition } from './state';

/** AWS runs no more iterations of an inline Map at once. */
const MAX_CONCURRENCY = 40;

interface Progress {
  readonly data: Json;
  readonly values: readonly Json[];
  readonly limit: number;
  /** The event that all iterations follow. */
  readonly started: number;
  readonly lines: Line[];
}

/** Iterates within the execution. */
export function inlineMap(name: string, processor: Graph, { flow, items, selectItem, concurrency, next }: MapFields) {
  return function* once(visit: Visit): Step<Transition> {
    const progress = visit.takeProgress<Progress>() ?? (yield* begin(visit));
    visit.progress = progress;
    const { values, limit } = progress;
    const iterate = (index: number) => iteration(visit, progress, index);
    const outputs = (yield fork(visit.branch.run.scheduler, values.length, limit, iterate)) as Json[];
    visit.branch.note('MapStateSucceeded');
    return leadsTo(yield* settled(flow.finish(visit.input, outputs, visit)), next);
  };

  function* begin(visit: Visit): Step<Progress> {
    const data = flow.select(visit.input, visit);
    const values = yield* settled(items(data, visit));
    const limit = (yield* settled(concurrency?.(data, visit))) || MAX_CONCURRENCY;
    visit.record('MapStateStarted', { length: values.length });
    return { data, values, limit: Math.min(limit, MAX_CONCURRENCY), started: visit.branch.lastEventId, lines: [] };
  }

  function* iteration(visit: Visit, progress: Progress, index: number): Step<Json> {
    progress.lines[index] ??= yield* beginIteration(visit, progress, index);
    const line = progress.lines[index];
    if (line.output !== undefined) return line.output;
    const { branch, input } = line;
    let aborted = true;
    try {
      line.output = yield* branch.walk(input);
      branch.record('MapIterationSucceeded', { name, index });
      aborted = false;
      return line.output;
    } catch (error) {
      branch.note('MapIterationFailed', { name, index });
      aborted = false;
      throw error;
    } finally {
      if (aborted) branch.note('MapIterationAborted', { name, index });
      else branch.join();
    }
  }

  function* beginIteration(visit: Visit, { data, values, started }: Progress, index: number): Step<Line> {
    const item = { Item: { Index: index, Value: values[index] } };
    const input = selectItem === undefined ? values[index] : yield* settled(selectItem(data, visit.withMap(item)));
    const branch = new Branch(visit.branch.run, processor, visit.variables, started, visit.branch, item);
    branch.record('MapIterationStarted', { name, index });
    return { branch, input };
  }
}
