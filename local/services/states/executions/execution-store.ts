import { parseArn } from '../arn';
import { executionDoesNotExist } from '../errors';
import type { StateMachine } from '../machines/state-machine';
import type { ExecutionRecord } from './execution-record';
import { findChild } from './map-runs';
import { Retention } from './retention';

/** An execution ends as often as it is redriven; the last end is what counts. */
interface End {
  readonly record: ExecutionRecord;
  readonly redriveCount: number;
}

interface OfMachine {
  readonly all: Set<ExecutionRecord>;
  readonly running: Set<ExecutionRecord>;
}

/** The executions there are: all that run, and the newest of those that have ended. */
export class ExecutionStore {
  private readonly byArn = new Map<string, ExecutionRecord>();
  private readonly byMachine = new WeakMap<StateMachine, OfMachine>();
  private readonly ended: Retention<End>;

  /** @param onForget told of each execution that is kept no longer */
  constructor(
    retention: number,
    private readonly onForget: (record: ExecutionRecord) => void,
  ) {
    this.ended = new Retention(retention);
  }

  add(record: ExecutionRecord): void {
    const { all, running } = this.of(record.origin.target.machine);
    this.byArn.set(record.origin.arn, record);
    all.add(record);
    running.add(record);
  }

  end(record: ExecutionRecord): void {
    this.of(record.origin.target.machine).running.delete(record);
    const gone = this.ended.add({ record, redriveCount: record.execution.redriveCount });
    if (gone !== undefined && gone.redriveCount === gone.record.execution.redriveCount) this.forget(gone.record);
  }

  /** What has ended runs again. */
  resume(record: ExecutionRecord): void {
    this.of(record.origin.target.machine).running.add(record);
  }

  find(arn: string): ExecutionRecord | undefined {
    return this.byArn.get(arn);
  }

  /** The execution of an ARN, by the operations that Express has none of. */
  get(arn: string): ExecutionRecord {
    parseArn(arn, 'execution');
    const record = this.byArn.get(arn) ?? findChild(this.all(), arn);
    if (record === undefined) throw executionDoesNotExist(arn);
    return record;
  }

  /** Newest first. */
  list(machine: StateMachine): ExecutionRecord[] {
    return [...this.of(machine).all].reverse();
  }

  running(machine: StateMachine): ReadonlySet<ExecutionRecord> {
    return this.of(machine).running;
  }

  /** Every execution that is kept. */
  all(): Iterable<ExecutionRecord> {
    return this.byArn.values();
  }

  private forget(record: ExecutionRecord): void {
    // a machine created anew may have an execution of the same name
    if (this.byArn.get(record.origin.arn) === record) this.byArn.delete(record.origin.arn);
    this.of(record.origin.target.machine).all.delete(record);
    this.onForget(record);
  }

  private of(machine: StateMachine): OfMachine {
    let found = this.byMachine.get(machine);
    if (found === undefined) {
      found = { all: new Set(), running: new Set() };
      this.byMachine.set(machine, found);
    }
    return found;
  }
}
