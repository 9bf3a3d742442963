import type { Fields } from '../definition/fields';
import { compileGraph } from '../definition/graph';
import type { Graph } from '../machine';
import { compileInteger } from './number-field';

const TOLERATED = ['ToleratedFailureCount', 'ToleratedFailurePercentage'];
const DISTRIBUTED_ONLY = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Label',
  ...TOLERATED,
  ...TOLERATED.map((name) => `${name}Path`),
];

/** Reads ItemProcessor, or Iterator as it used to be called. */
export function compileProcessor(fields: Fields): Graph {
  const name = fields.has('Iterator') ? 'Iterator' : 'ItemProcessor';
  fields.atMostOne('ItemProcessor', 'Iterator');
  if (!fields.has(name)) fields.require(name);
  const source = fields.object(name);
  if (source === undefined) return { startAt: '', states: {} };
  const inner = fields.graph(source, name);
  if (inner.object('ProcessorConfig')?.Mode === 'DISTRIBUTED') {
    fields.refuse("A Map state of the mode 'DISTRIBUTED'", name);
    for (const field of DISTRIBUTED_ONLY) fields.take(field);
  } else {
    // AWS lets an inline Map say what it tolerates; it fails with its first iteration all the same
    for (const field of TOLERATED) compileInteger(fields, field, 0);
  }
  const graph = compileGraph(inner);
  inner.finish();
  return graph;
}
