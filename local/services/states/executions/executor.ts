import { Execution, type HistoryEvent, type Host, type Json } from '../../../engine';
import type { ArnMaker } from '../arn';
import { executionAlreadyExists, statesError } from '../errors';
import { JsonTextError, parseJsonText } from '../json-text';
import type { MachineStore, Target } from '../machines/machine-store';
import { checkName } from '../names';
import { type ExecutionOrigin, ExecutionRecord } from './execution-record';
import type { ExecutionStore } from './execution-store';

export interface StartRequest {
  readonly name?: string;
  /** A JSON text. @default an empty object */
  readonly input?: string;
  readonly traceHeader?: string;
  /** Whether the caller waits for the end, as StartSyncExecution does. */
  readonly synchronous?: boolean;
}

/** Starts executions, and sees to what follows when they end. */
export class Executor {
  private serial = 0;

  /** @param onFault told of faults of the program, which end an execution as nothing of AWS would */
  constructor(
    private readonly host: Host,
    private readonly arns: ArnMaker,
    private readonly machines: MachineStore,
    private readonly store: ExecutionStore,
    private readonly onFault: (fault: unknown) => void,
  ) {}

  start(target: Target, { name = this.host.uuid(), input = '{}', traceHeader, synchronous }: StartRequest): ExecutionRecord {
    checkName(name);
    const value = parseInput(input);
    const { machine } = target;
    const express = machine.type === 'EXPRESS';
    const arn = express ? this.arns.express(machine.name, name, this.host.uuid()) : this.arns.execution(machine.name, name);
    const existing = this.store.find(arn);
    if (existing !== undefined && existing.origin.target.machine === machine) {
      if (existing.status === 'RUNNING' && existing.origin.input === input) return existing;
      throw executionAlreadyExists(arn);
    }
    const startDate = this.host.clock.now();
    const origin = { arn, name, target, input, traceHeader, startDate, serial: this.serial++ };
    return this.run(origin, value, synchronous);
  }

  /** Has the executions of a deleted machine end at their next transition, and the machine go with the last of them. */
  delete(target: Target['machine']): void {
    target.deleting = true;
    this.removeIfIdle(target);
  }

  /** Has an execution go on from where it failed. @throws ExecutionNotRedrivable */
  redrive(record: ExecutionRecord): void {
    record.redrive(this.onFault);
    this.store.resume(record);
    this.follow(record);
  }

  private run(origin: ExecutionOrigin, input: Json, synchronous: boolean | undefined): ExecutionRecord {
    const { machine, revision } = origin.target;
    const execution = new Execution(revision.machine, {
      host: this.host,
      input,
      arn: origin.arn,
      name: origin.name,
      stateMachineArn: machine.arn,
      stateMachineName: machine.name,
      roleArn: revision.roleArn,
      startTime: origin.startDate,
      synchronous,
      onEvent: (event) => {
        // not from within the event: what the state still records belongs before the end
        if (machine.deleting && isTransition(event)) queueMicrotask(() => execution.stop());
      },
    });
    const record = new ExecutionRecord(origin, execution);
    // known before it runs: its first task may ask for it
    this.store.add(record);
    record.start(this.onFault);
    this.follow(record);
    return record;
  }

  private follow(record: ExecutionRecord): void {
    void record.done.then(() => {
      this.store.end(record);
      this.removeIfIdle(record.origin.target.machine);
    });
  }

  private removeIfIdle(machine: Target['machine']): void {
    if (machine.deleting && this.store.running(machine).size === 0) this.machines.remove(machine);
  }
}

function isTransition({ type }: HistoryEvent): boolean {
  return type.endsWith('StateEntered') || type.endsWith('StateExited');
}

function parseInput(text: string): Json {
  if (text.trim() === '') throw invalidInput('Invalid execution input.');
  try {
    return parseJsonText(text);
  } catch (error) {
    if (error instanceof JsonTextError) throw invalidInput(error.message);
    throw error;
  }
}

function invalidInput(reason: string) {
  return statesError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
}
