import type { Json } from '../../../../local/engine/host';
import { EventSourceMapping, type EventSourceMappingOptions } from '../../../../local/services/sqs/event-source-mapping';
import { compileFilters } from '../../../../local/services/sqs/filter-criteria';
import { ACCOUNT, arnOf, sqsWith } from './fixture';

interface Event {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

const opened: EventSourceMapping[] = [];
afterEach(() => {
  for (const mapping of opened.splice(0)) mapping.close();
});

/** A queue whose messages are handed to `handler`, and what it was given at which second. */
function mapped(
  handler: (bodies: string[], event: Event) => Json,
  options: Partial<EventSourceMappingOptions> = {},
  attributes: { [name: string]: string } = {},
) {
  const sqs = sqsWith({ name: 'Work', attributes }, { name: 'Dead', attributes: {} });
  const { clock, service } = sqs;
  const start = clock.now();
  const given: { at: number; bodies: string[]; event: Event }[] = [];
  const failures: string[] = [];
  opened.push(
    new EventSourceMapping({
      queue: service.queues.byName('Work'),
      region: 'eu-west-1',
      accountId: ACCOUNT,
      batchSize: 10,
      batchingWindow: 0,
      reportsBatchItemFailures: false,
      now: () => clock.now(),
      invoke: async (event) => {
        const bodies = (event as unknown as Event).Records.map(({ body }) => body);
        given.push({ at: (clock.now() - start) / 1000, bodies, event: event as unknown as Event });
        return handler(bodies, event as unknown as Event);
      },
      onFailure: (error) => failures.push((error as Error).message),
      ...options,
    }),
  );
  return { ...sqs, given, failures, when: () => given.map(({ at, bodies }) => [at, ...bodies]) };
}

const fail = () => {
  throw new Error('out of order');
};

test('a message is handed over as Lambda hands it', async () => {
  const { send, given, pass } = mapped(() => null);
  await send('Work', 'hello', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'new' } } });
  await pass(1);

  expect(given[0]?.event).toMatchObject({
    Records: [
      {
        body: 'hello',
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        attributes: { ApproximateReceiveCount: '1', SenderId: ACCOUNT },
        messageAttributes: { kind: { stringValue: 'new', dataType: 'String', stringListValues: [], binaryListValues: [] } },
        eventSource: 'aws:sqs',
        eventSourceARN: arnOf('Work'),
        awsRegion: 'eu-west-1',
      },
    ],
  });
});

test('a message that the function took is never given again', async () => {
  const { send, when, pass } = mapped(() => null);
  await send('Work', 'a');
  await pass(3600);

  expect(when()).toEqual([[0, 'a']]);
});

test('a message that the function failed for comes back after the visibility timeout, until it is dead', async () => {
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 3 });
  const { send, when, failures, receive, pass } = mapped(fail, {}, { RedrivePolicy, VisibilityTimeout: '60' });
  await send('Work', 'poison');
  await pass(3600);

  expect(when()).toEqual([
    [0, 'poison'],
    [60, 'poison'],
    [120, 'poison'],
  ]);
  expect(failures).toEqual(['out of order', 'out of order', 'out of order']);
  expect(await receive('Dead')).toMatchObject([{ Body: 'poison' }]);
});

test('of a batch only those messages come back that the function names', async () => {
  let failed = ['b'];
  const handler = (_: string[], { Records }: Event) => {
    const batchItemFailures = Records.filter(({ body }) => failed.includes(body)).map(({ messageId }) => ({
      itemIdentifier: messageId,
    }));
    failed = [];
    return { batchItemFailures };
  };
  const { call, when, pass } = mapped(handler, { reportsBatchItemFailures: true });
  const Entries = ['a', 'b', 'c'].map((body) => ({ Id: body, MessageBody: body, DelaySeconds: 1 }));
  await call('SendMessageBatch', 'Work', { Entries });
  await pass(100);

  expect(when()).toEqual([
    [1, 'a', 'b', 'c'],
    [31, 'b'],
  ]);
});

test.each([
  ['names a message of another batch', { batchItemFailures: [{ itemIdentifier: 'other' }] }],
  ['names nothing by its field', { batchItemFailures: [{}] }],
  ['is no list', { batchItemFailures: 'a' }],
])('the whole batch comes back where the answer %s', async (_, answer: Json) => {
  let first = true;
  const handler = () => {
    const given = first ? answer : null;
    first = false;
    return given;
  };
  const { send, when, failures, pass } = mapped(handler, { reportsBatchItemFailures: true });
  await send('Work', 'a');
  await pass(100);

  expect(when()).toEqual([
    [0, 'a'],
    [30, 'a'],
  ]);
  expect(failures).toEqual([expect.stringContaining('all of it failed')]);
});

test('a batching window collects what comes within it', async () => {
  const { clock, send, when, pass } = mapped(() => null, { batchingWindow: 10 });
  for (const [second, body] of [
    [0, 'a'],
    [4, 'b'],
    [11, 'c'],
  ] as const) {
    clock.schedule(clock.now() + second * 1000, () => void send('Work', body));
  }
  await pass(100);

  expect(when()).toEqual([
    [10, 'a', 'b'],
    [21, 'c'],
  ]);
});

test('no more batches are worked on at once than are allowed', async () => {
  let working = 0;
  let most = 0;
  const sqs = sqsWith({ name: 'Work', attributes: {} });
  const invoke = async () => {
    most = Math.max(most, ++working);
    await sqs.pass(1);
    working--;
    return null;
  };
  mapped(() => null, {
    queue: sqs.service.queues.byName('Work'),
    now: () => sqs.clock.now(),
    invoke,
    batchSize: 1,
    maximumConcurrency: 2,
  });
  for (let i = 0; i < 6; i++) await sqs.send('Work', String(i));
  await sqs.pass(100);

  expect(most).toBe(2);
});

test('a message that no filter accepts is deleted without being given to the function', async () => {
  const accepts = compileFilters(['{"body":{"kind":["new"]}}', '{"body":["ping"]}']);
  const { send, when, call, pass } = mapped(() => null, { accepts });
  for (const body of ['{"kind":"new"}', '{"kind":"old"}', 'ping', 'pong']) await send('Work', body);
  await pass(100);

  expect(when().flatMap(([, ...bodies]) => bodies)).toEqual(['{"kind":"new"}', 'ping']);
  const { Attributes } = await call('GetQueueAttributes', 'Work', { AttributeNames: ['ApproximateNumberOfMessages'] });
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: '0' });
});

test('a filter that is none is refused with its text', () => {
  expect(() => compileFilters(['{"body":"new"}'])).toThrow('Value {"body":"new"} for parameter FilterCriteria is invalid');
});

test('one that is closed takes nothing more', async () => {
  const { send, when, receive } = mapped(() => null);
  opened.splice(0)[0]!.close();
  await send('Work', 'a');

  expect(await receive('Work')).toMatchObject([{ Body: 'a' }]);
  expect(when()).toEqual([]);
});
