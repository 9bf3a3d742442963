import type { TaskRequest } from '../../../engine';
import type { Caller } from '../../http/json-service';

export type ActivityRequest = TaskRequest & { readonly taskToken: string };

interface Poll {
  readonly workerName?: string;
  readonly caller: Caller;
  /** With nothing where no task came. */
  readonly answer: (task?: ActivityRequest) => void;
}

/** A line of tasks, and a line of workers that wait for one: one of the two is always empty. */
export class Activity {
  /** In the order they are handed out. */
  private readonly tasks = new Set<ActivityRequest>();
  private readonly polls = new Set<Poll>();

  /** @param creationDate milliseconds since the epoch */
  constructor(
    readonly arn: string,
    readonly name: string,
    readonly creationDate: number,
    readonly encryptionConfiguration: unknown,
  ) {}

  schedule(task: ActivityRequest): void {
    // its attempt may end while it waits here, by a timeout of the execution or by a stop
    task.signal.addEventListener('abort', () => this.tasks.delete(task), { once: true });
    this.tasks.add(task);
    this.match();
  }

  /** Hands out the next task, as soon as there is one. Returns how to stop waiting. */
  poll(workerName: string | undefined, caller: Caller, answer: (task?: ActivityRequest) => void): () => void {
    const poll = { workerName, caller, answer };
    this.polls.add(poll);
    this.match();
    return () => this.polls.delete(poll);
  }

  /** Lets everybody go who waits. */
  close(): void {
    const waiting = [...this.polls];
    this.polls.clear();
    for (const { answer } of waiting) answer();
  }

  private match(): void {
    const [task] = this.tasks;
    const [poll] = this.polls;
    if (task === undefined || poll === undefined) return;
    this.tasks.delete(task);
    this.polls.delete(poll);
    task.progress?.started(poll.workerName);
    // a worker that is gone before the answer was written never heard of the task
    poll.caller.signal?.addEventListener('abort', () => this.giveBack(task), { once: true });
    poll.answer(task);
  }

  private giveBack(task: ActivityRequest): void {
    if (task.signal.aborted) return;
    const later = [...this.tasks];
    this.tasks.clear();
    for (const waiting of [task, ...later]) this.tasks.add(waiting);
    this.match();
  }
}
