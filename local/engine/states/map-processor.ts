import type { Fields, MachineType } from '../definition/fields';
import { compileGraph } from '../definition/graph';
import type { Graph } from '../machine';
import { compileInteger, compilePercentage } from './number-field';

export interface Processor {
  readonly graph: Graph;
  /** What each item's own execution is; absent where items are iterated over within the execution. */
  readonly childType?: MachineType;
}

/** Reads ItemProcessor, or Iterator as it used to be called. */
export function compileProcessor(fields: Fields): Processor {
  const name = fields.has('Iterator') ? 'Iterator' : 'ItemProcessor';
  fields.atMostOne('ItemProcessor', 'Iterator');
  if (!fields.has(name)) fields.require(name);
  const source = fields.object(name);
  if (source === undefined) return { graph: { startAt: '', states: {} } };
  const inner = fields.graph(source, name);
  const childType = compileConfig(inner);
  if (childType === undefined) {
    // AWS lets an inline Map say what it tolerates; it fails with its first iteration all the same
    compileInteger(fields, 'ToleratedFailureCount', 0);
    compilePercentage(fields, 'ToleratedFailurePercentage');
  }
  const graph = compileGraph(inner);
  inner.finish();
  return { graph, childType };
}

function compileConfig(processor: Fields): MachineType | undefined {
  const source = processor.object('ProcessorConfig');
  if (source === undefined) return undefined;
  const config = processor.nested(source, 'ProcessorConfig');
  const mode = config.oneOf('Mode', ['INLINE', 'DISTRIBUTED']);
  const type = config.oneOf('ExecutionType', ['STANDARD', 'EXPRESS']);
  config.finish();
  if (mode !== 'DISTRIBUTED') return undefined;
  if (processor.compilation.type === 'EXPRESS')
    config.complain("Express state machine does not support Mode 'DISTRIBUTED'", 'Mode');
  return type ?? 'STANDARD';
}
