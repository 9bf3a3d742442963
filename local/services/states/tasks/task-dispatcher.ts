import type { TaskOutcome, TaskRequest } from '../../../engine';
import type { TaskService } from '../../task-service';
import type { Activities } from './activities';
import type { TaskTokens } from './task-tokens';

const ACTIVITY = /^arn:[^:]+:states:[^:]+:[^:]+:activity:./;

type WithToken = TaskRequest & { readonly taskToken: string };

/** Has tasks answered: by workers, by whoever holds their token, or by a service. */
export class TaskDispatcher {
  constructor(
    private readonly activities: Activities,
    private readonly tokens: TaskTokens,
    private readonly services: TaskService,
  ) {}

  run(request: TaskRequest): Promise<TaskOutcome> {
    if (!hasToken(request)) return this.services.run(request);
    return ACTIVITY.test(request.resource) ? this.byWorker(request) : this.byCallback(request);
  }

  private async byWorker(request: WithToken): Promise<TaskOutcome> {
    const activity = this.activities.find(request.resource);
    if (activity === undefined) {
      return { error: 'States.Runtime', cause: `The activity ${request.resource} does not exist.` };
    }
    const outcome = this.tokens.outcomeOf(request);
    activity.schedule(request);
    return outcome;
  }

  /** Whoever holds the token may answer before the service that handed it on does. */
  private byCallback(request: WithToken): Promise<TaskOutcome> {
    const answer = this.tokens.outcomeOf(request);
    return Promise.race([answer, this.submit(request, answer)]);
  }

  private async submit(request: WithToken, answer: Promise<TaskOutcome>): Promise<TaskOutcome> {
    let submitted = false;
    try {
      const outcome = await this.services.run(request);
      if (!('output' in outcome)) return outcome;
      request.progress?.submitted(outcome.output);
      submitted = true;
    } finally {
      if (!submitted) this.tokens.close(request.taskToken);
    }
    return answer;
  }
}

function hasToken(request: TaskRequest): request is WithToken {
  return request.taskToken !== undefined;
}
