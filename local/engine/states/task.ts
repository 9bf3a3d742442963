import type { Step } from '../control/scheduler';
import { settled } from '../control/suspensions';
import type { Fields } from '../definition/fields';
import { compileGuard } from '../errors/guard';
import { StateFailure } from '../failures';
import type { Json } from '../host';
import { dataLimitExceeded, exceedsPayloadLimit } from '../payload-limit';
import { type AttemptOutcome, attempt } from '../tasks/attempt';
import { compileCredentials } from '../tasks/credentials';
import type { Resource } from '../tasks/resource';
import { compileResource } from '../tasks/resource-field';
import { TaskEvents } from '../tasks/task-events';
import { taskToken } from '../tasks/task-token';
import type { Visit } from '../visit';
import { compileFlow } from './flow';
import { compileNext } from './next';
import { compileInteger } from './number-field';
import { leadsTo, type State, type Transition } from './state';

/** Has a task done by the host, attempt by attempt. */
export function compileTask(name: string, fields: Fields): State {
  const flow = compileFlow(fields, { parameters: true, resultSelector: true, resultPath: true, arguments: true });
  const resource = compileResource(fields);
  const timeout = compileInteger(fields, 'TimeoutSeconds', 1);
  const heartbeat = compileInteger(fields, 'HeartbeatSeconds', 1);
  checkHeartbeat(fields);
  const credentials = compileCredentials(fields);
  const guard = compileGuard(fields);
  const next = compileNext(fields);

  function* once(visit: Visit): Step<Transition> {
    const { input } = visit;
    if (resource.pattern === 'waitForTaskToken') visit.taskToken = taskToken(visit.host);
    const parameters = yield* settled(flow.prepare(input, visit));
    const data = flow.select(input, visit);
    const timeoutInSeconds = yield* settled(timeout?.(data, visit));
    const heartbeatInSeconds = yield* settled(heartbeat?.(data, visit));
    const taskCredentials = yield* settled(credentials?.(data, visit));
    const events = new TaskEvents(visit, resource);
    events.scheduled({
      parameters,
      ...(timeoutInSeconds !== undefined && { timeoutInSeconds }),
      ...(heartbeatInSeconds !== undefined && { heartbeatInSeconds }),
      ...(taskCredentials !== undefined && { taskCredentials }),
    });
    const limits = { timeoutSeconds: timeoutInSeconds, heartbeatSeconds: heartbeatInSeconds };
    const outcome = (yield attempt(visit.host, request(visit, resource, parameters), resource, limits, events)) as AttemptOutcome;
    const output = resultOf(outcome, resource, events);
    visit.inspector?.saw('result', output);
    return leadsTo(yield* settled(flow.finish(input, output, visit)), next);
  }

  return { name, type: 'Task', run: (visit) => guard(visit, once) };
}

function request(visit: Visit, { arn, kind }: Resource, parameters: Json) {
  // an activity's token is the worker's: the context object does not show it
  const token = kind === 'activity' ? taskToken(visit.host) : visit.taskToken;
  return {
    resource: arn,
    parameters,
    stateName: visit.state.name,
    executionArn: visit.branch.run.executionArn,
    retryCount: visit.retryCount ?? 0,
    ...(token !== undefined && { taskToken: token }),
  };
}

/** Records how the attempt ended; throws unless it ended well. */
function resultOf(outcome: AttemptOutcome, resource: Resource, events: TaskEvents): Json {
  if ('expired' in outcome) {
    events.timedOut(outcome.expired.errorName);
    throw outcome.expired;
  }
  if ('output' in outcome) {
    if (!exceedsPayloadLimit(outcome.output)) {
      events.succeeded(outcome.output);
      return outcome.output;
    }
    const failure = dataLimitExceeded(resource.type ?? resource.arn);
    events.failed(failure.errorName, failure.reason);
    throw failure;
  }
  events.failed(outcome.error, outcome.cause);
  throw new StateFailure(outcome.error, outcome.cause);
}

function checkHeartbeat(fields: Fields): void {
  const { HeartbeatSeconds: heartbeat, TimeoutSeconds: timeout } = fields.source;
  if (typeof heartbeat === 'number' && typeof timeout === 'number' && heartbeat >= timeout) {
    fields.complain(`The value must be smaller than TimeoutSeconds ${timeout} but was: ${heartbeat}`, 'HeartbeatSeconds');
  }
}
