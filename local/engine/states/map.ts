import type { Eventual } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { compileGuard } from '../errors/guard';
import type { Json } from '../host';
import type { Scope } from '../scope';
import { compileFlow } from './flow';
import { compileDistributedMap } from './map-distributed';
import { inlineMap } from './map-inline';
import { compileItems } from './map-items';
import { compileProcessor } from './map-processor';
import { compileNext } from './next';
import { compileInteger } from './number-field';
import type { State } from './state';

/** What both modes of Map have. */
export interface MapFields extends ReturnType<typeof compileMapFields> {
  readonly next: string | undefined;
}

/** Runs its item processor on each item of an array, and puts out the outputs in the order of the items. */
export function compileMap(name: string, fields: Fields): State {
  const common = compileMapFields(fields);
  const { graph, childType } = compileProcessor(fields);
  const distributed = childType === undefined ? undefined : compileDistributedMap(name, fields, graph, childType);
  const guard = compileGuard(fields, (visit) => visit.record('MapStateFailed'));
  const map = { ...common, next: compileNext(fields) };
  const once = distributed === undefined ? inlineMap(name, graph, map) : distributed(map);
  return { name, type: 'Map', run: (visit) => guard(visit, once) };
}

function compileMapFields(fields: Fields) {
  return {
    flow: compileFlow(fields, { resultSelector: true, resultPath: true }),
    items: compileItems(fields),
    selectItem: compileItemSelector(fields),
    concurrency: compileInteger(fields, 'MaxConcurrency', 0),
  };
}

function compileItemSelector(fields: Fields): ((data: Json, scope: Scope) => Eventual<Json>) | undefined {
  if (fields.language === 'JSONata') {
    const template = fields.jsonataTemplate('ItemSelector');
    return template && ((input, scope) => template({ input }, scope));
  }
  fields.atMostOne('ItemSelector', 'Parameters');
  return fields.payloadTemplate('ItemSelector') ?? fields.payloadTemplate('Parameters');
}
