import { toApiEvent } from '../../../engine';
import { machineTypeNotSupported, validationError } from '../errors';
import { description, payloads, summary } from '../executions/describe';
import { childRecords, getMapRun } from '../executions/map-runs';
import { withoutData } from '../executions/without-data';
import * as members from '../input/members';
import { flag, oneOf, structure, text } from '../input/shape';
import { pageOf } from '../paging';
import { operation, type States } from './operation';
import { startExecutionInput } from './start-input';

/** In the order that AWS's message has them. */
const executionStatus = oneOf('SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING');

export const StartExecution = operation(startExecutionInput, (states, { stateMachineArn, ...request }) => {
  const { origin } = states.executor.start(states.machines.target(stateMachineArn), request);
  return { executionArn: origin.arn, startDate: origin.startDate / 1000 };
});

export const StopExecution = operation(
  structure({ executionArn: members.arn }, { error: members.error, cause: members.cause }),
  (states, { executionArn, error, cause }) => {
    const record = states.executions.get(executionArn);
    record.execution.stop(error, cause);
    return { stopDate: record.result!.stopDate / 1000 };
  },
);

export const DescribeExecution = operation(
  structure({ executionArn: members.arn }, { includedData: members.includedData }),
  (states, { executionArn, includedData }) => description(states.executions.get(executionArn), includedData),
);

export const ListExecutions = operation(
  structure(
    {},
    {
      stateMachineArn: members.arn,
      mapRunArn: members.longArn,
      statusFilter: executionStatus,
      redriveFilter: oneOf('REDRIVEN', 'NOT_REDRIVEN'),
      maxResults: members.page.maxResults,
      nextToken: text({ min: 1, max: 3096 }),
    },
  ),
  (states, { stateMachineArn, mapRunArn, statusFilter, redriveFilter, ...paging }) => {
    if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
      throw validationError('Must provide a StateMachine ARN or MapRun ARN');
    }
    const all = mapRunArn === undefined ? ofMachine(states, stateMachineArn!) : ofMapRun(states, mapRunArn);
    const wanted = all.filter(
      ({ status, redriveCount }) =>
        (statusFilter === undefined || status === statusFilter) &&
        (redriveFilter === undefined || (redriveFilter === 'REDRIVEN') === redriveCount > 0),
    );
    const scope = ['ListExecutions', stateMachineArn, mapRunArn, statusFilter, redriveFilter];
    const { page, nextToken } = pageOf(wanted, ({ serial }) => -serial, scope, paging);
    return { executions: page.map(({ serial: _, ...shown }) => shown), nextToken };
  },
);

/** Newest first. */
function ofMachine(states: States, arn: string) {
  const { machine, version, alias } = states.machines.locate(arn);
  if (machine.type === 'EXPRESS') throw machineTypeNotSupported();
  return states.executions
    .list(machine)
    .filter(
      ({ origin: { target } }) => (version ?? target.version) === target.version && (alias ?? target.alias) === target.alias,
    )
    .map((record) => ({ ...summary(record), serial: record.origin.serial }));
}

/** Newest first. */
function ofMapRun(states: States, arn: string) {
  const owned = getMapRun(states.executions.all(), arn);
  if (owned.mapRun.childType === 'EXPRESS') throw machineTypeNotSupported();
  return childRecords(owned)
    .map(({ record, items }) => ({ ...summary(record), itemCount: items, serial: record.origin.serial }))
    .reverse();
}

export const GetExecutionHistory = operation(
  structure({ executionArn: members.arn }, { ...members.page, reverseOrder: flag, includeExecutionData: flag }),
  (states, { executionArn, reverseOrder = false, includeExecutionData = true, ...paging }) => {
    const { history } = states.executions.get(executionArn).execution;
    const ordered = reverseOrder ? [...history].reverse() : history;
    const scope = ['GetExecutionHistory', executionArn, reverseOrder];
    const { page, nextToken } = pageOf(ordered, ({ id }) => (reverseOrder ? -id : id), scope, paging);
    const events = page.map(toApiEvent);
    return { events: includeExecutionData ? events : events.map(withoutData), nextToken };
  },
);

export const StartSyncExecution = operation(
  structure(
    { stateMachineArn: members.arn },
    { name: members.name, input: members.data, traceHeader: members.traceHeader, includedData: members.includedData },
  ),
  async (states, { stateMachineArn, includedData, ...request }) => {
    const target = states.machines.target(stateMachineArn);
    if (target.machine.type === 'STANDARD') throw machineTypeNotSupported();
    const record = states.executor.start(target, { ...request, synchronous: true });
    const { status, startDate, stopDate } = await record.done;
    return {
      executionArn: record.origin.arn,
      stateMachineArn: target.machine.arn,
      name: record.origin.name,
      startDate: startDate / 1000,
      stopDate: stopDate / 1000,
      status,
      ...payloads(record, includedData),
      ...(request.traceHeader !== undefined && { traceHeader: request.traceHeader }),
      billingDetails: { billedDurationInMilliseconds: billedMilliseconds(stopDate - startDate), billedMemoryUsedInMB: 64 },
    };
  },
);

/** Express is billed by the tenth of a second, and for one at least. */
function billedMilliseconds(duration: number): number {
  return Math.max(1, Math.ceil(duration / 100)) * 100;
}
