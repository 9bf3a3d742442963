import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import {
  type Clock,
  compile,
  DefinitionError,
  Execution,
  type ExecutionResult,
  type HistoryEvent,
  type Host,
  type Json,
  type ObjectStore,
  type TaskOutcome,
  type TaskRequest,
} from '../engine';
import { type StateRequest, testRecordedState } from './conformance-state';
import { submissionOf } from './conformance-submission';

/** What a task returned when the execution was recorded. */
export interface RecordedAttempt {
  readonly input: Json;
  readonly output?: Json;
  readonly error?: string | null;
  readonly cause?: string | null;
  /** Never answered. */
  readonly hang?: boolean;
  readonly timedOut?: boolean;
}

export interface ExecuteRequest {
  readonly id: string;
  readonly kind: 'execute';
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: Json;
  readonly input: Json;
  readonly tasks: { readonly [state: string]: readonly RecordedAttempt[] };
  readonly placeholders?: readonly string[];
  /** What lies in S3 for an ItemReader. */
  readonly resources?: { readonly s3?: readonly RecordedObject[] };
}

export interface RecordedObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: string;
}

export interface ValidateRequest {
  readonly id: string;
  readonly kind: 'validate';
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: string;
}

export type ConformanceRequest = ExecuteRequest | ValidateRequest | StateRequest;

export type ConformanceAnswer = { readonly id: string } & Record<string, unknown>;

/** Answers requests, one JSON text per line, until the input ends. */
export async function serveConformance(input: Readable, output: Writable): Promise<void> {
  for await (const line of createInterface({ input })) {
    if (line.trim() !== '') output.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
  }
}

/** Answers one request; what the engine refuses by name is skipped with the reason. */
export async function answer(request: ConformanceRequest): Promise<ConformanceAnswer> {
  try {
    if (request.kind === 'execute') return await execute(request);
    if (request.kind === 'validate') return validate(request);
    if (request.kind === 'teststate') return await testRecordedState(request);
  } catch (error) {
    if (error instanceof DefinitionError && error.unsupported) return { id: request.id, skip: error.problems[0].message };
    throw error;
  }
  return {
    id: (request as ConformanceRequest).id,
    skip: `requests of the kind '${(request as ConformanceRequest).kind}' are not supported`,
  };
}

function validate({ id, type, definition }: ValidateRequest): ConformanceAnswer {
  try {
    compile(definition, { type });
    return { id, valid: true };
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    // what only this engine lacks is valid in AWS
    return error.unsupported ? { id, valid: true } : { id, valid: false, message: error.message };
  }
}

async function execute(request: ExecuteRequest): Promise<ConformanceAnswer> {
  const { id, type, definition, input, tasks, placeholders = [], resources } = request;
  const machine = compile(definition, { type });
  const clock = new SkippingClock();
  const recorded = new RecordedTasks(tasks, placeholders, clock);
  const host: Host = {
    clock,
    random: Math.random,
    uuid: () => crypto.randomUUID(),
    runTask: (task) => recorded.answer(task),
    objects: new RecordedObjects(resources?.s3 ?? []),
  };
  const scope = 'arn:aws:states:us-east-1:111111111111';
  const execution = new Execution(machine, {
    host,
    input,
    name: 'conformance',
    arn: type === 'EXPRESS' ? `${scope}:express:machine:conformance:run` : `${scope}:execution:machine:conformance`,
    stateMachineArn: `${scope}:stateMachine:machine`,
    roleArn: 'arn:aws:iam::111111111111:role/machine',
  });
  await Promise.race([execution.start(), clock.skipUntil(() => execution.result !== undefined)]);
  // what never ends is answered as it stands
  const { status, output, error, cause }: Partial<ExecutionResult> = execution.result ?? {};
  const { history } = execution;
  return {
    id,
    status: status ?? execution.status,
    output,
    error,
    cause,
    path: pathOf(history),
    calls: recorded.calls,
    events: history.map(shortened),
  };
}

function pathOf(history: readonly HistoryEvent[]): string[] {
  return history.filter(({ type }) => type.endsWith('StateEntered')).map(({ details }) => details.name ?? '');
}

function shortened({ type, details: { assignedVariables, ...details } }: HistoryEvent): Record<string, unknown> {
  return { type, ...details, ...(assignedVariables !== undefined && { assigned: assignedVariables }) };
}

/** Time in which nothing is waited for. */
class SkippingClock implements Clock {
  private time = Date.UTC(2026, 0, 1);
  private timers: { readonly at: number; readonly fire: () => void }[] = [];

  now(): number {
    return this.time;
  }

  schedule(at: number, fire: () => void): () => void {
    const timer = { at, fire };
    const later = this.timers.findIndex((other) => other.at > at);
    this.timers.splice(later === -1 ? this.timers.length : later, 0, timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Goes from timer to timer, each time once everything has settled that can; returns also when no timer is left. */
  async skipUntil(done: () => boolean): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const timer = done() ? undefined : this.timers.shift();
      if (timer === undefined) return;
      this.time = Math.max(this.time, timer.at);
      timer.fire();
    }
  }
}

/** Gives out what lay in S3, and takes what is put there. */
class RecordedObjects implements ObjectStore {
  private readonly bodies: Map<string, string>;

  constructor(objects: readonly RecordedObject[]) {
    this.bodies = new Map(objects.map(({ bucket, key, body }) => [`${bucket}/${key}`, body]));
  }

  async list(bucket: string, prefix: string) {
    const start = `${bucket}/${prefix}`;
    const addresses = [...this.bodies.keys()].filter((address) => address.startsWith(start)).sort();
    return addresses.map((address) => {
      const body = Buffer.from(this.bodies.get(address) ?? '');
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      return { key: address.slice(bucket.length + 1), size: body.length, etag, lastModified: 0 };
    });
  }

  async get(bucket: string, key: string) {
    const body = this.bodies.get(`${bucket}/${key}`);
    if (body === undefined) throw new Error('The specified key does not exist.');
    return body;
  }

  async put(bucket: string, key: string, body: string) {
    this.bodies.set(`${bucket}/${key}`, body);
  }
}

/** Plays back what the tasks returned. */
class RecordedTasks {
  readonly calls: { readonly state: string; readonly input: Json }[] = [];
  private readonly unused = new Map<string, RecordedAttempt[]>();

  constructor(
    tasks: ExecuteRequest['tasks'],
    private readonly placeholders: readonly string[],
    private readonly clock: Clock,
  ) {
    for (const [state, attempts] of Object.entries(tasks)) this.unused.set(state, [...attempts]);
  }

  answer(request: TaskRequest): TaskOutcome | Promise<TaskOutcome> {
    const { stateName, resource, parameters, progress } = request;
    this.calls.push({ state: stateName, input: parameters });
    const attempts = this.unused.get(stateName) ?? [];
    const equal = attempts.findIndex(({ input }) => this.matches(input, parameters));
    const [attempt] = attempts.splice(Math.max(0, equal), 1);
    if (attempt === undefined) return { error: 'Corpus.NoRecordedResult' };
    if (/:activity:/.test(resource)) progress?.started();
    if (/\.(sync|waitForTaskToken)/.test(resource)) return this.submitted(request, attempt);
    return outcomeOf(attempt);
  }

  private async submitted(request: TaskRequest, attempt: RecordedAttempt): Promise<TaskOutcome> {
    request.progress?.submitted(await submissionOf(request, this.clock));
    return outcomeOf(attempt);
  }

  private matches(recorded: Json, sent: Json): boolean {
    if (typeof recorded === 'string' && this.placeholders.some((placeholder) => recorded.includes(placeholder))) return true;
    if (typeof recorded !== 'object' || recorded === null || typeof sent !== 'object' || sent === null) return recorded === sent;
    const keys = Object.keys(recorded);
    if (Array.isArray(recorded) !== Array.isArray(sent) || keys.length !== Object.keys(sent).length) return false;
    return keys.every((key) => key in sent && this.matches((recorded as never)[key], (sent as never)[key]));
  }
}

function outcomeOf({ hang, timedOut, output, error, cause }: RecordedAttempt): TaskOutcome | Promise<TaskOutcome> {
  if (hang || timedOut) return new Promise(() => {});
  return output === undefined ? { error: error ?? undefined, cause: cause ?? undefined } : { output };
}
