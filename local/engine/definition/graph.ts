import type { Json } from '../host';
import { isObject, type JsonObject } from '../json';
import type { Graph } from '../machine';
import { compileChoice } from '../states/choice';
import { compileFail } from '../states/fail';
import { compileMap } from '../states/map';
import { compileParallel } from '../states/parallel';
import { compilePass } from '../states/pass';
import type { State, StateType } from '../states/state';
import { compileSucceed } from '../states/succeed';
import { compileTask } from '../states/task';
import { compileWait } from '../states/wait';
import { Fields, type QueryLanguage } from './fields';
import { checkTransitions } from './transitions';

export type Compilers = Readonly<Record<StateType, (name: string, fields: Fields) => State>>;

/** A function, for Parallel and Map compile graphs in turn. In AWS's order, as its messages list the types. */
export const compilers = (): Compilers => ({
  Task: compileTask,
  Wait: compileWait,
  Pass: compilePass,
  Succeed: compileSucceed,
  Fail: compileFail,
  Choice: compileChoice,
  Parallel: compileParallel,
  Map: compileMap,
});

const MAX_NAME = 80;

/** Compiles StartAt and States: of the machine, of a branch or of an item processor. */
export function compileGraph(fields: Fields): Graph {
  const missing = ['StartAt', 'States'].filter((name) => !fields.has(name));
  if (missing.length > 0) fields.complain(`These fields are required: [${missing.join(', ')}]`);
  const startAt = fields.string('StartAt') ?? '';
  const sources = fields.object('States') ?? {};
  const states: Record<string, State> = Object.create(null);
  for (const [name, source] of Object.entries(sources)) {
    const state = compileStateOf(fields, name, source);
    if (state !== undefined) states[name] = state;
  }
  if (missing.length === 0) checkTransitions(fields, startAt, sources);
  return { startAt, states };
}

function compileStateOf(graph: Fields, name: string, source: Json): State | undefined {
  const location = `${graph.location}/States/${name}`;
  if (!isObject(source)) {
    graph.complain(`Expected an object but was: ${JSON.stringify(source)}`, `States/${name}`);
    return undefined;
  }
  return compileState(name, new Fields(source, location, graph.compilation, languageOf(source, graph, location)));
}

/** Compiles one state, whatever it leads to. */
export function compileState(name: string, fields: Fields, byType = compilers()): State | undefined {
  if (name.length > MAX_NAME) fields.complain(`State name must not exceed ${MAX_NAME} characters but has: ${name.length}`);
  fields.take('QueryLanguage');
  fields.require('Type');
  const type = fields.oneOf('Type', Object.keys(byType) as StateType[]);
  if (type === undefined) return undefined;
  const state = byType[type](name, fields);
  fields.finish();
  return state;
}

function languageOf(source: JsonObject, graph: Fields, location: string): QueryLanguage {
  if (source.QueryLanguage === 'JSONPath' && graph.language === 'JSONata') {
    const message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
    graph.compilation.problems.push({ code: 'SCHEMA_VALIDATION_FAILED', location, message });
  }
  return source.QueryLanguage === 'JSONata' || source.QueryLanguage === 'JSONPath' ? source.QueryLanguage : graph.language;
}
