import type { Redrivability } from '../../../engine';
import type { ExecutionRecord } from './execution-record';

type Included = 'ALL_DATA' | 'METADATA_ONLY';

/** An execution as ListExecutions shows it. */
export function summary({ origin, status, result, execution }: ExecutionRecord) {
  const { arn, name, target, startDate } = origin;
  const { mapRunArn, redriveCount, redriveDate } = execution;
  return {
    executionArn: arn,
    stateMachineArn: target.machine.arn,
    name,
    status,
    startDate: startDate / 1000,
    ...(result !== undefined && { stopDate: result.stopDate / 1000 }),
    ...(target.version !== undefined && { stateMachineVersionArn: target.version.arn }),
    ...(target.alias !== undefined && { stateMachineAliasArn: target.alias.arn }),
    ...(mapRunArn !== undefined && { mapRunArn }),
    redriveCount,
    ...(redriveDate !== undefined && { redriveDate: redriveDate / 1000 }),
  };
}

/** An execution as DescribeExecution shows it. */
export function description(record: ExecutionRecord, included: Included = 'ALL_DATA') {
  const { traceHeader } = record.origin;
  return {
    ...summary(record),
    ...payloads(record, included),
    ...(traceHeader !== undefined && { traceHeader }),
    ...redrive(record),
  };
}

/** Input, output and error: the data of an execution, which a caller may leave out. */
export function payloads({ origin, result }: ExecutionRecord, included: Included = 'ALL_DATA') {
  const details = { included: included === 'ALL_DATA' };
  const { output, error, cause } = result ?? {};
  return {
    ...(details.included && { input: origin.input }),
    inputDetails: details,
    ...(output !== undefined && { ...(details.included && { output: JSON.stringify(output) }), outputDetails: details }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

/** Whether it can be redriven, and if not why. */
export function redrive({ origin, execution }: ExecutionRecord): Redrivability | undefined {
  if (!origin.target.machine.deleting) return execution.redrivability;
  return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'State machine is in DELETING status' };
}
