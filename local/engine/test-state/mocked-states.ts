import type { Step } from '../control/scheduler';
import { settled } from '../control/suspensions';
import { type Compilers, compilers } from '../definition/graph';
import { compileGuard } from '../errors/guard';
import { ErrorName, StateFailure } from '../failures';
import type { Json } from '../host';
import { compileFlow } from '../states/flow';
import { compileItems } from '../states/map-items';
import { compileNext } from '../states/next';
import { compileInteger, compilePercentage } from '../states/number-field';
import { leadsTo, type Transition } from '../states/state';
import type { Visit } from '../visit';
import type { MockedOutcome } from './mock';

/** The engine's states, but for those that run others: of these all but their children is real. */
export function mockedCompilers(outcome: MockedOutcome, failedIterations: number): Compilers {
  return {
    ...compilers(),
    Parallel(name, fields) {
      const flow = compileFlow(fields, { parameters: true, resultSelector: true, resultPath: true, arguments: true });
      const guard = compileGuard(fields);
      const next = compileNext(fields);
      function* once(visit: Visit): Step<Transition> {
        // evaluated, but by the recordings not shown
        yield* settled(flow.prepare(visit.input, { host: visit.host, context: visit.context, variables: visit.variables }));
        return leadsTo(yield* settled(flow.finish(visit.input, resultOf(outcome), visit)), next);
      }
      return { name, type: 'Parallel', run: (visit) => guard(visit, once) };
    },
    Map(name, fields) {
      const flow = compileFlow(fields, { resultSelector: true, resultPath: true });
      const items = fields.has('ItemReader') ? undefined : compileItems(fields);
      const concurrency = compileInteger(fields, 'MaxConcurrency', 0);
      const count = compileInteger(fields, 'ToleratedFailureCount', 0);
      const percentage = compilePercentage(fields, 'ToleratedFailurePercentage');
      const guard = compileGuard(fields);
      const next = compileNext(fields);
      function* once(visit: Visit): Step<Transition> {
        const data = flow.select(visit.input, visit);
        const values = yield* settled(items?.(data, visit));
        if (values !== undefined && fields.language === 'JSONPath') visit.inspector?.saw('afterItemsPath', values);
        visit.inspector?.saw('maxConcurrency', (yield* settled(concurrency?.(data, visit))) ?? 0);
        const tolerated = { count: yield* settled(count?.(data, visit)), percentage: yield* settled(percentage?.(data, visit)) };
        if (tolerated.count !== undefined) visit.inspector?.saw('toleratedFailureCount', tolerated.count);
        if (tolerated.percentage !== undefined) visit.inspector?.saw('toleratedFailurePercentage', tolerated.percentage);
        const result = resultOf(outcome);
        checkTolerated(tolerated, failedIterations, Array.isArray(result) ? result.length : (values?.length ?? 0));
        return leadsTo(yield* settled(flow.finish(visit.input, result, visit)), next);
      }
      return { name, type: 'Map', run: (visit) => guard(visit, once) };
    },
  };
}

function resultOf(outcome: MockedOutcome): Json {
  if ('failure' in outcome) throw outcome.failure;
  return outcome.result;
}

/** Without a threshold AWS lets a mocked Map succeed, however many of its iterations are taken to have failed. */
function checkTolerated(tolerated: { count?: number; percentage?: number }, failed: number, iterations: number): void {
  const { count = Number.POSITIVE_INFINITY, percentage = Number.POSITIVE_INFINITY } = tolerated;
  if (failed <= count && (iterations === 0 || (100 * failed) / iterations <= percentage)) return;
  throw new StateFailure(ErrorName.exceedToleratedFailureThreshold, 'The specified tolerated failure threshold was exceeded');
}
