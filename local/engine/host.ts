/** What a JSON text can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Time as the engine sees it: real, or virtual where waits take none. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `fire` once `now() >= at`; equal times fire in the order they were scheduled. Returns the cancellation. */
  schedule(at: number, fire: () => void): () => void;
}

/** One attempt of a Task state, after Parameters or Arguments were evaluated. */
export interface TaskRequest {
  /** `Resource` as the definition has it. */
  readonly resource: string;
  /** What Parameters or Arguments made; the state's effective input where it has neither. */
  readonly parameters: Json;
  readonly stateName: string;
  readonly executionArn: string;
  /** 0 for the first attempt of this visit. */
  readonly retryCount: number;
  /** Present for `.waitForTaskToken` and activities. */
  readonly taskToken?: string;
  /** What the host may tell while the attempt runs. Absent where a host hands a request on by hand, as tests do. */
  readonly progress?: TaskProgress;
  /** Aborted when the attempt timed out or the execution ended: nobody reads the outcome any more. */
  readonly signal: AbortSignal;
}

/** What goes on between the start of an attempt and its outcome. Telling nothing is fine. */
export interface TaskProgress {
  /** The service took the request, and answered so; for `.sync` and `.waitForTaskToken`. */
  submitted(output: Json): void;
  /** A worker took the activity: its time-out and its heartbeat count from now on. */
  started(workerName?: string): void;
  /** SendTaskHeartbeat came in. */
  heartbeat(): void;
}

/** How an attempt ended. An absent error name is real: SendTaskFailure may leave it out. */
export type TaskOutcome = { readonly output: Json } | { readonly error?: string; readonly cause?: string };

/** An object in a bucket, as ListObjectsV2 tells of it. */
export interface StoredObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** With its quotes. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  /** @default STANDARD */
  readonly storageClass?: string;
}

/** What distributed Map reads and writes in S3. A rejection's message becomes the cause of the failure. */
export interface ObjectStore {
  /** All objects whose keys begin with the prefix, in the order of their keys. */
  list(bucket: string, prefix: string): Promise<readonly StoredObject[]>;
  /** The text of an object, unpacked where it is packed: S3 inventories are, with gzip. */
  get(bucket: string, key: string, versionId?: string): Promise<string>;
  put(bucket: string, key: string, body: string): Promise<void>;
}

/** Everything the engine is given; it reaches for nothing else. */
export interface Host {
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
  uuid(): string;
  /** Runs a task. Returns an outcome, or a promise of one; a rejection is a fault of the host, shown as States.Runtime. */
  runTask(request: TaskRequest): TaskOutcome | Promise<TaskOutcome>;
  /** Without it, ItemReader and ResultWriter fail by name. */
  readonly objects?: ObjectStore;
}
