import type { MapRun } from '../../../engine';
import { parseArn } from '../arn';
import { resourceNotFound } from '../errors';
import { StateMachine } from '../machines/state-machine';
import { ExecutionRecord } from './execution-record';

/** A Map Run, and the execution whose it is. */
export interface OwnedMapRun {
  readonly mapRun: MapRun;
  readonly owner: ExecutionRecord;
}

/** The Map Run of an ARN, of any of these executions or of their children. */
export function getMapRun(executions: Iterable<ExecutionRecord>, arn: string): OwnedMapRun {
  parseArn(arn, 'mapRun');
  for (const owned of mapRunsOf(executions)) if (owned.mapRun.arn === arn) return owned;
  throw resourceNotFound(arn);
}

/** The child execution of an ARN. */
export function findChild(executions: Iterable<ExecutionRecord>, arn: string): ExecutionRecord | undefined {
  for (const owned of mapRunsOf(executions)) {
    if (!arn.startsWith(`${owned.mapRun.stateMachineArn.replace(':stateMachine:', ':execution:')}:`)) continue;
    const child = childRecords(owned).find(({ record }) => record.origin.arn === arn);
    if (child !== undefined) return child.record;
  }
  return undefined;
}

/** The child executions begun so far, in the order of their items, and how many items each works on. */
export function childRecords({ mapRun, owner }: OwnedMapRun): { readonly record: ExecutionRecord; readonly items: number }[] {
  const { machine: parent, revision } = owner.origin.target;
  const name = `${parent.name}/${mapRun.label}`;
  const machine = new StateMachine(mapRun.stateMachineArn, name, mapRun.childType, parent.creationDate, revision);
  machine.deleting = parent.deleting;
  return mapRun.children.flatMap(({ execution, items }, serial) => {
    if (execution === undefined) return [];
    const { arn, name, startDate } = execution;
    const origin = { arn, name, target: { machine, revision }, input: JSON.stringify(execution.input), startDate, serial };
    return [{ record: new ExecutionRecord(origin, execution), items }];
  });
}

function* mapRunsOf(executions: Iterable<ExecutionRecord>): Generator<OwnedMapRun> {
  for (const owner of executions) {
    for (const mapRun of owner.execution.mapRuns) {
      const owned = { mapRun, owner };
      yield owned;
      yield* mapRunsOf(childRecords(owned).map(({ record }) => record));
    }
  }
}
