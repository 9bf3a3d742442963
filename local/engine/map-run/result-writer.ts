import type { Fields } from '../definition/fields';
import { ErrorName, StateFailure } from '../failures';
import type { Json, ObjectStore } from '../host';
import type { JsonObject } from '../json';
import type { Scope } from '../scope';
import { executionRecord, pendingRecord } from './execution-record';
import type { Child, MapRun } from './map-run';
import { compileS3Target, type S3Target, textOf } from './s3-target';

export interface ResultWriter {
  readonly transformation: Transformation;
  readonly outputType: 'JSON' | 'JSONL';
  /** Where in S3; absent where the results are the state's output. */
  readonly target?: S3Target;
}

type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

const WITHOUT_WRITER: ResultWriter = { transformation: 'COMPACT', outputType: 'JSON' };

export function compileResultWriter(fields: Fields): ResultWriter {
  const source = fields.object('ResultWriter');
  if (source === undefined) return WITHOUT_WRITER;
  const writer = fields.nested(source, 'ResultWriter');
  const resource = writer.string('Resource');
  if (resource !== undefined && !/^arn:[^:]+:states:::s3:putObject$/.test(resource)) {
    writer.complain("The field 'Resource' should have one of these values: [arn:aws:states:::s3:putObject]", 'Resource');
  }
  const target = compileS3Target(writer);
  const config = writer.nested(writer.object('WriterConfig') ?? {}, 'WriterConfig');
  const transformation = config.oneOf('Transformation', ['NONE', 'COMPACT', 'FLATTEN']);
  const outputType = config.oneOf('OutputType', ['JSON', 'JSONL']) ?? 'JSON';
  config.finish();
  writer.finish();
  if (resource === undefined) return { transformation: transformation ?? 'COMPACT', outputType };
  return { transformation: transformation ?? 'NONE', outputType, target };
}

/** The results in the order of the items. AWS keeps the whole record of an execution that failed, however it transforms. */
export function transformed(mapRun: MapRun, children: readonly Child[], transformation: Transformation): Json[] {
  return children.flatMap((child): Json[] => {
    const { execution } = child;
    if (execution === undefined) return [pendingRecord(child)];
    const output = execution.result?.output;
    if (transformation === 'NONE' || output === undefined) return [executionRecord(execution, mapRun.stateMachineArn)];
    return transformation === 'FLATTEN' && Array.isArray(output) ? output : [output];
  });
}

/** Writes the results to S3, and gives the state's output: where they are. */
export async function exportResults(mapRun: MapRun, writer: ResultWriter, data: Json, scope: Scope): Promise<Json> {
  const target = (await writer.target?.(data, scope)) ?? {};
  try {
    return await write(mapRun, writer, target, scope.host.objects);
  } catch (error) {
    throw new StateFailure(ErrorName.resultWriterFailed, (error as Error).message);
  }
}

async function write(mapRun: MapRun, writer: ResultWriter, target: JsonObject, objects: ObjectStore | undefined): Promise<Json> {
  if (objects === undefined) throw new Error('ResultWriter needs S3, and this engine was given no object store (Host.objects)');
  const bucket = textOf(target, 'Bucket');
  const prefix = textOf(target, 'Prefix').replace(/\/$/, '');
  const folder = prefix === '' ? mapRun.id : `${prefix}/${mapRun.id}`;
  const files: JsonObject = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  for (const [file, children] of byFile(mapRun.children)) {
    const body = text(transformed(mapRun, children, writer.transformation), writer.outputType);
    const key = `${folder}/${file}_0.json`;
    await objects.put(bucket, key, body);
    files[file] = [{ Key: key, Size: new TextEncoder().encode(body).length }];
  }
  const manifest = { DestinationBucket: bucket, MapRunArn: mapRun.arn, ResultFiles: files };
  await objects.put(bucket, `${folder}/manifest.json`, JSON.stringify(manifest));
  return { MapRunArn: mapRun.arn, ResultWriterDetails: { Bucket: bucket, Key: `${folder}/manifest.json` } };
}

/** AWS puts what timed out and what was aborted with what failed. */
function byFile(children: readonly Child[]): Map<string, Child[]> {
  const files = new Map<string, Child[]>();
  for (const child of children) {
    const { execution } = child;
    const file = execution === undefined ? 'PENDING' : execution.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED';
    const others = files.get(file);
    if (others === undefined) files.set(file, [child]);
    else others.push(child);
  }
  return files;
}

function text(results: readonly Json[], outputType: ResultWriter['outputType']): string {
  if (outputType === 'JSON') return JSON.stringify(results);
  return results.map((result) => `${JSON.stringify(result)}\n`).join('');
}
