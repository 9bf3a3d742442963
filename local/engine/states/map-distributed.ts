import { createHash } from 'node:crypto';
import { fork } from '../control/fork';
import type { Step } from '../control/scheduler';
import { settled } from '../control/suspensions';
import type { Fields, MachineType } from '../definition/fields';
import type { Json } from '../host';
import { compileItemReader, type Dataset } from '../item-reader/item-reader';
import type { JsonObject } from '../json';
import type { Graph, Machine } from '../machine';
import { compileItemBatcher } from '../map-run/item-batcher';
import { type Child, MAX_CONCURRENCY, MapRun } from '../map-run/map-run';
import { compileResultWriter, exportResults, transformed } from '../map-run/result-writer';
import type { Visit } from '../visit';
import type { MapFields } from './map';
import { compileInteger, compilePercentage } from './number-field';
import { leadsTo, type Transition } from './state';

/** AWS runs no more children of a distributed Map at once. */
const MAX_LABEL = 40;

interface Begun {
  readonly mapRun: MapRun;
  readonly data: Json;
}

/** Begins an execution of its own for each item, or for each batch of items. */
export function compileDistributedMap(name: string, fields: Fields, graph: Graph, type: MachineType) {
  const machine: Machine = { ...graph, type, queryLanguage: fields.compilation.language };
  const reader = compileItemReader(fields);
  const batcher = compileItemBatcher(fields);
  const writer = compileResultWriter(fields);
  const toleratedCount = compileInteger(fields, 'ToleratedFailureCount', 0);
  const toleratedPercentage = compilePercentage(fields, 'ToleratedFailurePercentage');
  const label = compileLabel(fields) ?? labelOf(name);

  return ({ flow, items, selectItem, concurrency, next }: MapFields) => {
    return function* once(visit: Visit): Step<Transition> {
      const earlier = visit.takeProgress<Begun>();
      const { mapRun, data, read } = earlier === undefined ? yield* begin(visit) : redrive(visit, earlier);
      const output = yield* concluded(visit, mapRun, function* () {
        if (read !== undefined) mapRun.children = yield* read();
        // from here on a redrive has a Map Run to redrive
        visit.progress = { mapRun, data };
        return yield* results(visit, mapRun, data);
      });
      visit.branch.note('MapStateSucceeded');
      return leadsTo(yield* settled(flow.finish(visit.input, output, visit)), next);
    };

    function* begin(visit: Visit) {
      const data = flow.select(visit.input, visit);
      const values = reader === undefined ? yield* settled(items(data, visit)) : [];
      const limit = (yield* settled(concurrency?.(data, visit))) || MAX_CONCURRENCY;
      visit.record('MapStateStarted', { length: values.length });
      const toleratedFailureCount = yield* settled(toleratedCount?.(data, visit));
      const toleratedFailurePercentage = yield* settled(toleratedPercentage?.(data, visit));
      const readItems = reader === undefined ? undefined : yield* reader(data, visit);
      const batch = batcher === undefined ? single : yield* batcher(data, visit);
      const mapRun = new MapRun(visit.branch.run, {
        ...{ label, machine, toleratedFailureCount, toleratedFailurePercentage },
        maxConcurrency: Math.min(limit, MAX_CONCURRENCY),
      });
      visit.branch.run.mapRuns.push(mapRun);
      visit.record('MapRunStarted', { mapRunArn: mapRun.arn });
      function* read() {
        const dataset = readItems === undefined ? { items: values, source: 'STATE_DATA' } : yield* settled(readItems());
        return batch(yield* inputs(visit, data, dataset));
      }
      return { mapRun, data, read };
    }

    /** What the items make as inputs: by ItemSelector, or as they are, an entry of an object as its key and its value. */
    function* inputs(visit: Visit, data: Json, { items: values, keys, source }: Dataset): Step<readonly Json[]> {
      if (selectItem === undefined) return keys === undefined ? values : values.map((Value, i) => ({ Key: keys[i], Value }));
      const selected: Json[] = [];
      for (const [Index, Value] of values.entries()) {
        const Item: JsonObject = { Index, ...(keys !== undefined && { Key: keys[Index] }), Value, Source: source };
        selected.push(yield* settled(selectItem(data, visit.withMap({ Item }))));
      }
      return selected;
    }
  };

  function redrive(visit: Visit, { mapRun, data }: Begun) {
    mapRun.redrive();
    visit.record('MapRunRedriven', { mapRunArn: mapRun.arn, redriveCount: mapRun.redriveCount });
    return { mapRun, data, read: undefined };
  }

  /** Runs the children; also when too many fail, ResultWriter writes what there is. */
  function* results(visit: Visit, mapRun: MapRun, data: Json): Step<Json> {
    const { children, concurrency } = mapRun;
    function* run(index: number): Step<void> {
      yield mapRun.execute(children[index]);
      mapRun.checkTolerance();
    }
    try {
      yield fork(visit.branch.run.scheduler, children.length, concurrency, run);
    } catch (error) {
      if (writer.target !== undefined) yield* settled(exportResults(mapRun, writer, data, visit));
      mapRun.resultsWritten = true;
      throw error;
    }
    const output =
      writer.target === undefined
        ? transformed(mapRun, children, writer.transformation)
        : yield* settled(exportResults(mapRun, writer, data, visit));
    mapRun.resultsWritten = true;
    return output;
  }
}

/** Ends the Map Run as the work ended, with the event that says so. */
function* concluded(visit: Visit, mapRun: MapRun, work: () => Step<Json>): Step<Json> {
  try {
    const output = yield* work();
    mapRun.end('SUCCEEDED');
    visit.branch.note('MapRunSucceeded');
    return output;
  } catch (error) {
    const failure = visit.failureOf(error);
    mapRun.end('FAILED');
    visit.record('MapRunFailed', { error: failure.errorName, cause: failure.reason });
    throw failure;
  } finally {
    if (mapRun.status === 'RUNNING') {
      mapRun.end('ABORTED');
      visit.branch.note('MapRunAborted');
    }
  }
}

function single(items: readonly Json[]): Child[] {
  return items.map((input) => ({ input, items: 1 }));
}

function compileLabel(fields: Fields): string | undefined {
  const label = fields.string('Label');
  if (label !== undefined && label.length > MAX_LABEL) {
    fields.complain(`Label must not exceed ${MAX_LABEL} characters but has: ${label.length}`, 'Label');
  }
  return label;
}

/** A state without a label has one of AWS's making: a UUID that stays the same from run to run. */
function labelOf(name: string): string {
  const hex = createHash('md5').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `3${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
