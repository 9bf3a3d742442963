import {
  type Clock,
  compile,
  DefinitionError,
  Execution,
  type ExecutionOptions,
  type ExecutionResult,
  type HistoryEvent,
  type Host,
  type Json,
  type MachineType,
  type ObjectStore,
  type Problem,
  type TaskOutcome,
  type TaskRequest,
} from '../../../local/engine';

export const START = Date.UTC(2026, 0, 1);
export const EXECUTION_ARN = 'arn:aws:states:eu-west-1:123456789012:execution:orders:first';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** A clock that a test moves. */
export class TestClock implements Clock {
  time = START;
  private timers: Timer[] = [];

  get pending(): number {
    return this.timers.length;
  }

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

  /** Moves on by some seconds; timers fire at their time, and everything they set off settles in between. */
  async advance(seconds: number): Promise<void> {
    const end = this.time + seconds * 1000;
    await settle();
    while (this.timers.length > 0 && this.timers[0].at <= end) {
      const timer = this.timers.shift() as Timer;
      this.time = Math.max(this.time, timer.at);
      timer.fire();
      await settle();
    }
    this.time = end;
  }

  /** Fires the earliest timer; false where there is none. */
  skip(): boolean {
    const timer = this.timers.shift();
    if (timer === undefined) return false;
    this.time = Math.max(this.time, timer.at);
    timer.fire();
    return true;
  }
}

export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export type Answer = (request: TaskRequest) => TaskOutcome | Promise<TaskOutcome>;

export interface RunOptions extends Partial<Omit<ExecutionOptions, 'host'>> {
  readonly type?: MachineType;
  readonly task?: Answer;
  readonly random?: () => number;
  readonly clock?: TestClock;
  readonly objects?: ObjectStore;
  /** @default always the same one */
  readonly uuid?: () => string;
}

export interface Ran extends ExecutionResult {
  readonly events: readonly HistoryEvent[];
  readonly types: readonly string[];
  readonly clock: TestClock;
  readonly execution: Execution;
  /** Seconds on the clock from start to stop. */
  readonly seconds: number;
}

const UUID = '01234567-89ab-4cde-8f01-23456789abcd';

export function host({ task, random = () => 0.5, clock = new TestClock(), uuid = () => UUID, objects }: RunOptions = {}): Host {
  return {
    clock,
    random,
    uuid,
    objects,
    runTask: task ?? (({ parameters }) => ({ output: parameters })),
  };
}

export function execution(definition: Json, input: Json, options: RunOptions = {}): Execution {
  return new Execution(compile(definition, { type: options.type }), {
    host: host(options),
    arn: EXECUTION_ARN,
    name: 'first',
    stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
    roleArn: 'arn:aws:iam::123456789012:role/orders',
    ...options,
    input,
  });
}

/** Runs a definition to its end, skipping all waits. */
export async function run(definition: Json, input: Json = {}, options: RunOptions = {}): Promise<Ran> {
  const clock = options.clock ?? new TestClock();
  const running = execution(definition, input, { ...options, clock });
  return ended(running, running.start(), clock);
}

/** Redrives an execution and runs it to its end, skipping all waits. */
export function redrive({ execution, clock }: Ran): Promise<Ran> {
  return ended(execution, execution.redrive(), clock);
}

async function ended(running: Execution, result: Promise<ExecutionResult>, clock: TestClock): Promise<Ran> {
  while (running.result === undefined) {
    await settle();
    if (running.result === undefined && !clock.skip()) throw new Error('the execution waits for something that never comes');
  }
  const { startDate, stopDate, ...outcome } = await result;
  const events = running.history;
  const seconds = (stopDate - startDate) / 1000;
  const types = events.map(({ type }) => type);
  return { ...outcome, startDate, stopDate, events, types, clock, seconds, execution: running };
}

/** UUIDs that count: `00000000-0000-4000-8000-000000000001` and so on. */
export function counting(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}

/** A bucket of texts, by key. */
export class TestBucket implements ObjectStore {
  readonly contents: Map<string, string>;

  constructor(contents: { readonly [key: string]: string } = {}) {
    this.contents = new Map(Object.entries(contents));
  }

  async list(_bucket: string, prefix: string) {
    const keys = [...this.contents.keys()].filter((key) => key.startsWith(prefix)).sort();
    return keys.map((key) => ({ key, size: this.contents.get(key)?.length ?? 0, etag: `"${key}"`, lastModified: START }));
  }

  async get(bucket: string, key: string) {
    const content = this.contents.get(key);
    if (content === undefined) throw new Error(`no object ${key} in ${bucket}`);
    return content;
  }

  async put(_bucket: string, key: string, body: string) {
    this.contents.set(key, body);
  }
}

/** A machine of one state that ends. */
export function single(state: { [field: string]: Json }, rest: { [field: string]: Json } = {}): Json {
  const ends = state.Type === 'Succeed' || state.Type === 'Fail' || state.Type === 'Choice';
  return { StartAt: 'It', States: { It: ends ? state : { ...state, End: true } }, ...rest };
}

/** Runs a machine of one state. */
export function runState(state: { [field: string]: Json }, input: Json = {}, options: RunOptions = {}): Promise<Ran> {
  return run(single(state), input, options);
}

/** What is wrong with a definition. */
export function problemsOf(definition: string | Json, type: MachineType = 'STANDARD'): readonly Problem[] {
  try {
    compile(definition, { type });
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
  return [];
}
