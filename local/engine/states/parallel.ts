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
import { compileNext } from './next';
import { leadsTo, type State, type Transition } from './state';

/** Runs all of its branches on the same input, and puts out their outputs in order. */
export function compileParallel(name: string, fields: Fields): State {
  const flow = compileFlow(fields, { parameters: true, resultSelector: true, resultPath: true, arguments: true });
  const branches = compileBranches(fields);
  const guard = compileGuard(fields, (visit) => visit.record('ParallelStateFailed'));
  const next = compileNext(fields);

  function* once(visit: Visit): Step<Transition> {
    const input = yield* settled(flow.prepare(visit.input, visit));
    visit.record('ParallelStateStarted');
    const started = visit.branch.lastEventId;
    const walk = (i: number) => walkBranch(visit, started, branches[i], input);
    const outputs = (yield fork(visit.branch.run.scheduler, branches.length, branches.length, walk)) as Json[];
    visit.branch.note('ParallelStateSucceeded');
    return leadsTo(yield* settled(flow.finish(visit.input, outputs, visit)), next);
  }

  return { name, type: 'Parallel', run: (visit) => guard(visit, once) };
}

function* walkBranch(visit: Visit, started: number, graph: Graph, input: Json): Step<Json> {
  const branch = new Branch(visit.branch.run, graph, visit.variables, started, visit.branch);
  try {
    const output = yield* branch.walk(input);
    branch.join();
    return output;
  } catch (error) {
    branch.join();
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
