import type { Execution } from '../execution';
import type { Json } from '../host';
import type { JsonObject } from '../json';
import type { Child } from './map-run';

/** A child execution as ResultWriter writes it: what DescribeExecution tells, under AWS's capitalised names. */
export function executionRecord(execution: Execution, stateMachineArn: string): JsonObject {
  const { arn, name, input, status, result, redriveCount, startDate, redriveDate, redrivability } = execution;
  return defined({
    Cause: result?.cause,
    Error: result?.error,
    ExecutionArn: arn,
    Input: JSON.stringify(input),
    InputDetails: { Included: true },
    Name: name,
    Output: result?.output === undefined ? undefined : JSON.stringify(result.output),
    OutputDetails: { Included: true },
    RedriveCount: redriveCount,
    RedriveDate: redriveDate === undefined ? undefined : new Date(redriveDate).toISOString(),
    RedriveStatus: redrivability?.redriveStatus,
    RedriveStatusReason: redrivability?.redriveStatusReason,
    StartDate: new Date(startDate).toISOString(),
    StateMachineArn: stateMachineArn,
    Status: status,
    StopDate: result === undefined ? undefined : new Date(result.stopDate).toISOString(),
  });
}

/** A child that was never begun. */
export function pendingRecord({ input }: Child): JsonObject {
  return { Input: JSON.stringify(input), InputDetails: { Included: true }, Status: 'PENDING' };
}

function defined(fields: { [name: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
