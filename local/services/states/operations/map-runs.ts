import { getMapRun } from '../executions/map-runs';
import * as members from '../input/members';
import { decimal, integer, structure } from '../input/shape';
import { pageOf } from '../paging';
import { operation } from './operation';

export const DescribeMapRun = operation(structure({ mapRunArn: members.longArn }, {}), (states, { mapRunArn }) => {
  const { mapRun } = getMapRun(states.executions.all(), mapRunArn);
  const { executionArn, status, startDate, stopDate, maxConcurrency, redriveCount, redriveDate } = mapRun;
  const { toleratedFailurePercentage, toleratedFailureCount, itemCounts, executionCounts } = mapRun;
  return {
    mapRunArn,
    executionArn,
    status,
    startDate: startDate / 1000,
    ...(stopDate !== undefined && { stopDate: stopDate / 1000 }),
    maxConcurrency,
    toleratedFailurePercentage,
    toleratedFailureCount,
    itemCounts,
    executionCounts,
    redriveCount,
    ...(redriveDate !== undefined && { redriveDate: redriveDate / 1000 }),
  };
});

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html */
export const UpdateMapRun = operation(
  structure(
    { mapRunArn: members.longArn },
    {
      maxConcurrency: integer(0, Number.MAX_SAFE_INTEGER),
      toleratedFailureCount: integer(0, Number.MAX_SAFE_INTEGER),
      toleratedFailurePercentage: decimal(0, 100),
    },
  ),
  (states, { mapRunArn, ...changes }) => {
    const { mapRun } = getMapRun(states.executions.all(), mapRunArn);
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    // of one that has ended nothing is left to be changed
    if (mapRun.status === 'RUNNING') mapRun.update(Object.fromEntries(given));
    return {};
  },
);

export const ListMapRuns = operation(
  structure({ executionArn: members.arn }, members.page),
  (states, { executionArn, ...paging }) => {
    const runs = states.executions.get(executionArn).execution.mapRuns.map((mapRun, order) => ({ mapRun, order }));
    const { page, nextToken } = pageOf(runs, ({ order }) => order, ['ListMapRuns', executionArn], paging);
    const mapRuns = page.map(({ mapRun: { arn, stateMachineArn, startDate, stopDate } }) => ({
      executionArn,
      mapRunArn: arn,
      stateMachineArn,
      startDate: startDate / 1000,
      ...(stopDate !== undefined && { stopDate: stopDate / 1000 }),
    }));
    return { mapRuns, nextToken };
  },
);
