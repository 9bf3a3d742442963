import { getMapRun } from '../executions/map-runs';
import * as members from '../input/members';
import { structure } from '../input/shape';
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
