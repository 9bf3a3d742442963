import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../../engine';
import type { Caller } from '../../http/json-service';
import { type ArnMaker, parseArn } from '../arn';
import { activityDoesNotExist, statesError } from '../errors';
import { checkName } from '../names';
import { Activity, type ActivityRequest } from './activity';

/** How long GetActivityTask waits for a task. */
const LONG_POLL_SECONDS = 60;

/** The activities there are. */
export class Activities {
  private readonly activities = new Map<string, Activity>();

  constructor(
    private readonly clock: Clock,
    private readonly arns: ArnMaker,
  ) {}

  /** Creates an activity; returns the one that is there if it is the same. */
  create(name: string, encryptionConfiguration: unknown): { readonly activity: Activity; readonly isNew: boolean } {
    checkName(name);
    const arn = this.arns.activity(name);
    const existing = this.activities.get(arn);
    if (existing !== undefined) {
      if (isDeepStrictEqual(existing.encryptionConfiguration, encryptionConfiguration))
        return { activity: existing, isNew: false };
      throw statesError('ActivityAlreadyExists', `Activity Already Exists: '${arn}'`);
    }
    const activity = new Activity(arn, name, this.clock.now(), encryptionConfiguration);
    this.activities.set(arn, activity);
    return { activity, isNew: true };
  }

  /** By name. */
  list(): readonly Activity[] {
    return [...this.activities.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(arn: string): Activity | undefined {
    return this.activities.get(arn);
  }

  get(arn: string): Activity {
    const activity = this.activities.get(arn);
    if (activity !== undefined) return activity;
    parseArn(arn, 'activity');
    throw activityDoesNotExist(arn);
  }

  delete(arn: string): void {
    parseArn(arn, 'activity');
    this.activities.get(arn)?.close();
    this.activities.delete(arn);
  }

  /** The next task of an activity; undefined where none comes in time. */
  nextTask(arn: string, workerName: string | undefined, caller: Caller): Promise<ActivityRequest | undefined> {
    const activity = this.get(arn);
    if (caller.signal?.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      let cancelTimer = () => {};
      let waiting = true;
      const answer = (task?: ActivityRequest) => {
        waiting = false;
        cancelTimer();
        resolve(task);
      };
      const giveUp = activity.poll(workerName, caller, answer);
      if (!waiting) return;
      const leave = () => {
        if (!waiting) return;
        giveUp();
        answer();
      };
      cancelTimer = this.clock.schedule(this.clock.now() + LONG_POLL_SECONDS * 1000, leave);
      caller.signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Lets everybody go who waits for a task. */
  close(): void {
    for (const activity of this.activities.values()) activity.close();
  }
}
