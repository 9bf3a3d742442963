import { Limit } from '../control/limit';
import type { Suspension } from '../control/scheduler';
import type { MachineType } from '../definition/fields';
import type { Execution } from '../execution';
import { ErrorName, StateFailure } from '../failures';
import type { Json } from '../host';
import type { Machine } from '../machine';
import type { Run } from '../run';

export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** How many items, or how many child executions, are how far; by the names of DescribeMapRun. */
export interface MapRunCounts {
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  total: number;
  resultsWritten: number;
  failuresNotRedrivable: number;
  pendingRedrive: number;
}

/** One child execution: made when its turn comes, made anew when an Express child is redriven. */
export interface Child {
  readonly input: Json;
  /** How many items it works on: more than one in a batch. */
  readonly items: number;
  execution?: Execution;
  /** Failed before the redrive that is under way, and not yet begun again. */
  pendingRedrive?: boolean;
}

export interface MapRunSettings {
  readonly label: string;
  readonly machine: Machine;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
}

/** Children at once, where a Map has no limit of its own. */
export const MAX_CONCURRENCY = 10_000;

const STATUS_COUNT = {
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
} as const;

/** One run of a distributed Map state: the executions that it begins, one for each item or batch. */
export class MapRun {
  readonly arn: string;
  readonly executionArn: string;
  readonly label: string;
  readonly concurrency: Limit;
  readonly startDate: number;
  /** Milliseconds since the epoch; absent while it runs. */
  stopDate: number | undefined;
  status: MapRunStatus = 'RUNNING';
  redriveCount = 0;
  redriveDate: number | undefined;
  /** Whether ResultWriter, or the state's output, has the results. */
  resultsWritten = false;
  /** Empty until the items have been read. */
  children: readonly Child[] = [];
  /** The last part of its ARN. */
  readonly id: string;
  private readonly childMachineArn: string;

  constructor(
    private readonly run: Run,
    private settings: MapRunSettings,
  ) {
    const { host, executionArn } = run;
    const [arn, partition, service, region, account, , machineName] = executionArn.split(':');
    const scope = [arn, partition, service, region, account].join(':');
    this.id = host.uuid();
    this.label = settings.label;
    this.executionArn = executionArn;
    this.arn = `${scope}:mapRun:${machineName}/${this.label}:${this.id}`;
    this.childMachineArn = `${scope}:stateMachine:${machineName}/${this.label}`;
    this.concurrency = new Limit(settings.maxConcurrency);
    this.startDate = host.clock.now();
  }

  get maxConcurrency(): number {
    return this.concurrency.value;
  }

  get toleratedFailureCount(): number {
    return this.settings.toleratedFailureCount ?? 0;
  }

  get toleratedFailurePercentage(): number {
    return this.settings.toleratedFailurePercentage ?? 0;
  }

  /** Changes what is given: how many children run at once, and how many may fail, from the next end of one on. */
  update(
    changes: Partial<Pick<MapRunSettings, 'maxConcurrency' | 'toleratedFailureCount' | 'toleratedFailurePercentage'>>,
  ): void {
    this.settings = { ...this.settings, ...changes };
    if (changes.maxConcurrency !== undefined)
      this.concurrency.set(Math.min(changes.maxConcurrency || MAX_CONCURRENCY, MAX_CONCURRENCY));
  }

  get stateMachineArn(): string {
    return this.childMachineArn;
  }

  get childType(): MachineType {
    return this.settings.machine.type;
  }

  /** The child executions begun so far, in the order of their items. */
  get executions(): readonly Execution[] {
    return this.children.flatMap(({ execution }) => execution ?? []);
  }

  get itemCounts(): MapRunCounts {
    return this.count(({ items }) => items);
  }

  get executionCounts(): MapRunCounts {
    return this.count(() => 1);
  }

  redrive(): void {
    this.redriveCount++;
    this.redriveDate = this.run.host.clock.now();
    this.status = 'RUNNING';
    this.stopDate = undefined;
    for (const child of this.children) child.pendingRedrive = child.execution !== undefined && canRedrive(child.execution);
  }

  end(status: Exclude<MapRunStatus, 'RUNNING'>): void {
    this.status = status;
    this.stopDate = this.run.host.clock.now();
    for (const child of this.children) child.pendingRedrive = false;
  }

  /** Begins a child, or redrives it, and waits for its end; a child that has succeeded is left alone. */
  execute(child: Child): Suspension {
    return ({ resume, fail }) => {
      const ending = this.begin(child);
      if (ending === undefined) resume();
      else ending.then(resume, fail);
      return () => child.execution?.stop();
    };
  }

  /** Throws once more has failed than is tolerated. */
  checkTolerance(): void {
    const { failed, timedOut, aborted, total } = this.itemCounts;
    const failures = failed + timedOut + aborted;
    const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = this.settings;
    const most = count === undefined && percentage === undefined ? 0 : (count ?? total);
    if (failures <= most && (failures / total) * 100 <= (percentage ?? 100)) return;
    throw new StateFailure(ErrorName.exceedToleratedFailureThreshold, 'The specified tolerated failure threshold was exceeded');
  }

  private begin(child: Child) {
    const redriven = child.pendingRedrive === true;
    child.pendingRedrive = false;
    if (child.execution !== undefined && !redriven) return undefined;
    // AWS starts an Express child anew
    if (child.execution?.type === 'STANDARD') return child.execution.redrive();
    child.execution = this.launch(child.input);
    return child.execution.start();
  }

  private launch(input: Json): Execution {
    const { host } = this.run;
    const name = host.uuid();
    const express = this.childType === 'EXPRESS';
    const machineArn = this.childMachineArn.replace(':stateMachine:', express ? ':express:' : ':execution:');
    const arn = `${machineArn}:${name}${express ? `:${host.uuid()}` : ''}`;
    return this.run.launch(this.settings.machine, {
      input,
      arn,
      name,
      stateMachineArn: this.childMachineArn,
      mapRunArn: this.arn,
    });
  }

  private count(weigh: (child: Child) => number): MapRunCounts {
    const counts = {
      ...{ pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0 },
      ...{ resultsWritten: 0, failuresNotRedrivable: 0, pendingRedrive: 0 },
    };
    for (const child of this.children) {
      const { execution, pendingRedrive } = child;
      const weight = weigh(child);
      counts.total += weight;
      if (this.resultsWritten) counts.resultsWritten += weight;
      if (pendingRedrive) counts.pendingRedrive += weight;
      else if (execution === undefined) counts.pending += weight;
      else {
        counts[STATUS_COUNT[execution.status]] += weight;
        if (isUnsuccessful(execution) && !canRedrive(execution)) counts.failuresNotRedrivable += weight;
      }
    }
    return counts;
  }
}

function isUnsuccessful({ status }: Execution): boolean {
  return status !== 'RUNNING' && status !== 'SUCCEEDED';
}

function canRedrive(execution: Execution): boolean {
  return isUnsuccessful(execution) && execution.redrivability?.redriveStatus !== 'NOT_REDRIVABLE';
}
