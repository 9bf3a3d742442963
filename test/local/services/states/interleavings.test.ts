import * as fc from 'fast-check';
import { AwsError } from '../../../../local/services/http/aws-error';
import { definition, machine, PREFIX, settle, start, statesService } from './fixture';

const ACTIVITY = `${PREFIX}:activity:work`;
const TIMEOUT = 20;
const WORK = definition({
  Work: {
    Type: 'Task',
    Resource: ACTIVITY,
    TimeoutSeconds: TIMEOUT,
    HeartbeatSeconds: 8,
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Again' }],
    End: true,
  },
  Again: { Type: 'Task', Resource: ACTIVITY, End: true },
});

type Command =
  | { readonly do: 'start' | 'poll' | 'vanish' | 'leave' | 'advance' }
  | { readonly do: 'succeed' | 'fail' | 'heartbeat' | 'stop'; readonly which: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('start', 'poll', 'poll', 'vanish', 'leave', 'advance') }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('succeed', 'succeed', 'fail', 'heartbeat', 'stop'), which: fc.nat(20) }),
  },
) as fc.Arbitrary<Command>;

/** Workers, clients and the clock, doing what they are told in any order. */
class World {
  readonly executions: string[] = [];
  /** Tokens as workers got them; those of workers that left before they heard of it are not among them. */
  readonly tokens: string[] = [];
  readonly accepted = new Map<string, string>();
  private readonly polls: { readonly worker: AbortController; readonly done: Promise<void> }[] = [];
  private readonly system = statesService();
  private readonly stateMachineArn: string;
  private outputs = 0;

  constructor() {
    this.system.service.call('CreateActivity', { name: 'work' });
    this.stateMachineArn = machine(this.system.service, WORK);
  }

  async obey(given: Command): Promise<void> {
    const { service, clock } = this.system;
    if (given.do === 'start') this.executions.push(start(service, this.stateMachineArn, `e${this.executions.length}`));
    if (given.do === 'poll') this.poll();
    // a worker that is gone before its answer was written, task and all
    if (given.do === 'vanish') this.poll().abort();
    if (given.do === 'leave') this.polls.pop()?.worker.abort();
    if (given.do === 'advance') await clock.advance(3);
    if (given.do === 'stop' && this.executions.length > 0) {
      service.call('StopExecution', { executionArn: this.executions[given.which % this.executions.length] });
    }
    if ('which' in given && this.tokens.length > 0) this.answer(given.do, this.tokens[given.which % this.tokens.length]);
    await settle();
  }

  /** What is left to be done: every task that nobody has been told of. */
  async drain(): Promise<string[]> {
    for (const { worker } of this.polls) worker.abort();
    await settle();
    const before = this.tokens.length;
    for (let found = -1; found !== this.tokens.length; ) {
      found = this.tokens.length;
      this.poll();
      await settle();
    }
    this.polls.pop()!.worker.abort();
    return this.tokens.slice(before);
  }

  /** The attempts of all executions that wait for an answer, told or not. */
  waiting(): number {
    return this.histories().filter((types) => {
      const scheduled = types.filter((type) => type === 'ActivityScheduled').length;
      const ended = types.filter((type) => /^Activity(Succeeded|Failed|TimedOut)$/.test(type)).length;
      return scheduled > ended && !/^Execution(Aborted|Succeeded|Failed)$/.test(types[types.length - 1]);
    }).length;
  }

  /** How many answers of workers all histories together hold. */
  answersInHistory(): string[] {
    return this.executions.flatMap((arn) =>
      this.system.service
        .execution(arn)!
        .execution.history.filter(({ type }) => type === 'ActivitySucceeded' || type === 'ActivityFailed')
        .map(({ details }) => details.error ?? String(details.output)),
    );
  }

  isOpen(taskToken: string): boolean {
    return this.attempt(() => this.system.service.call('SendTaskHeartbeat', { taskToken }));
  }

  private histories(): string[][] {
    return this.executions.map((arn) => this.system.service.execution(arn)!.execution.history.map(({ type }) => type));
  }

  private poll(): AbortController {
    const worker = new AbortController();
    const answer = this.system.service.call('GetActivityTask', { activityArn: ACTIVITY }, { signal: worker.signal });
    const done = answer.then((task) => {
      // an answer that cannot be delivered is one that nobody got
      if (task.taskToken !== undefined && !worker.signal.aborted) this.tokens.push(task.taskToken);
    });
    this.polls.push({ worker, done });
    // once delivered, an answer cannot be lost any more
    void done.then(() => {
      const at = this.polls.findIndex((poll) => poll.worker === worker);
      if (at >= 0) this.polls.splice(at, 1);
    });
    return worker;
  }

  private answer(what: string, taskToken: string): void {
    const { service } = this.system;
    const label = `answer-${this.outputs++}`;
    const taken =
      what === 'succeed'
        ? this.attempt(() => service.call('SendTaskSuccess', { taskToken, output: JSON.stringify(label) }))
        : what === 'fail' && this.attempt(() => service.call('SendTaskFailure', { taskToken, error: label }));
    if (!taken) return;
    expect(this.accepted.get(taskToken)).toBeUndefined();
    this.accepted.set(taskToken, label);
  }

  private attempt(call: () => unknown): boolean {
    try {
      call();
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(AwsError);
      expect((error as AwsError).name).toBe('TaskTimedOut');
      return false;
    }
  }
}

test('whatever workers, clients and the clock do, no task is answered twice and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 60 }), async (commands) => {
      const world = new World();
      for (const given of commands) await world.obey(given);
      const told = world.tokens.filter((token) => world.isOpen(token));
      const untold = await world.drain();
      // each attempt that waits is known to one worker, and to one only
      expect(new Set(world.tokens).size).toBe(world.tokens.length);
      expect(told.length + untold.length).toBe(world.waiting());
      // each answer that was accepted took effect, once
      expect(world.answersInHistory().sort()).toEqual([...world.accepted.values()].sort());
    }),
    { numRuns: 60 },
  );
}, 30_000);
