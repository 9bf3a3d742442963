import { Branch } from '../branch';
import { fork } from '../control/fork';
import type { Step } from '../control/scheduler';
import { settled } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { compileGraph } from '../definition/graph';
import { compileGuard } from '../errors/guard';
import type { Json } from '../host';
import { isObject } from '../json';
import type { Graph } from '../machine';
import type { Visit } from '../visit';
import { compileFlow } from './flow';
import type { Line } from './line';
import { compileNext } from './next';
import { leadsTo, type State, type Transition } from './state';

interface Progress {
  readonly input: Json;
  /** The event that all branches follow. */
  readonly started: number;
  readonly lines: Line[];
}

/** Runs all of its branches on the same input, and puts out their outputs in order. */
export function compileParallel(name: string, fields: Fields): State {
  const flow = compileFlow(fields, { parameters: true, resultSelector: true, resultPath: true, arguments: true });
  const branches = compileBranches(fields);
  const guard = compileGuard(fields, (visit) => visit.record('ParallelStateFailed'));
  const next = compileNext(fields);

  function* once(visit: Visit): Step<Transition> {
    const progress = visit.takeProgress<Progress>() ?? (yield* begin(visit));
    visit.progress = progress;
    const walk = (i: number) => walkBranch(visit, progress, branches[i], i);
    const outputs = (yield fork(visit.branch.run.scheduler, branches.length, branches.length, walk)) as Json[];
    visit.branch.note('ParallelStateSucceeded');
    return leadsTo(yield* settled(flow.finish(visit.input, outputs, visit)), next);
  }

  function* begin(visit: Visit): Step<Progress> {
    const input = yield* settled(flow.prepare(visit.input, visit));
    visit.record('ParallelStateStarted');
    return { input, started: visit.branch.lastEventId, lines: [] };
  }

  return { name, type: 'Parallel', run: (visit) => guard(visit, once) };
}

function* walkBranch(visit: Visit, { input, started, lines }: Progress, graph: Graph, i: number): Step<Json> {
  lines[i] ??= { input, branch: new Branch(visit.branch.run, graph, visit.variables, started, visit.branch) };
  const line = lines[i];
  if (line.output !== undefined) return line.output;
  try {
    line.output = yield* line.branch.walk(input);
    line.branch.join();
    return line.output;
  } catch (error) {
    line.branch.join();
    throw error;
  }
}

function compileBranches(fields: Fields): Graph[] {
  fields.require('Branches');
  const sources = fields.array('Branches') ?? [];
  if (fields.has('Branches') && sources.length === 0) fields.complain('The list must not be empty', 'Branches');
  return sources.flatMap((source, i) => {
    if (!isObject(source)) {
      fields.complain(`Expected an object but was: ${JSON.stringify(source)}`, `Branches[${i}]`);
      return [];
    }
    const inner = fields.graph(source, 'Branches', i);
    const graph = compileGraph(inner);
    inner.finish();
    return [graph];
  });
}
