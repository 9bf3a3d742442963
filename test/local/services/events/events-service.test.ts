import { randomUUID } from 'node:crypto';
import { LocalClock } from '../../../../local/app/local-clock';
import type { Json } from '../../../../local/engine/host';
import type { JsonObject } from '../../../../local/services/aws-service';
import { EventsService, type EventsServiceOptions } from '../../../../local/services/events/events-service';
import type { RuleConfig } from '../../../../local/services/events/rule';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:Paid';
const PAID: RuleConfig = {
  name: 'Paid',
  busName: 'default',
  pattern: { source: ['shop'], detail: { state: ['paid'] } },
  targets: [{ Id: 'queue', Arn: QUEUE }],
};

function events(rules: readonly RuleConfig[], options: Partial<EventsServiceOptions> = {}) {
  const delivered: { arn: string; text: string; group?: string }[] = [];
  const failures: string[] = [];
  const service = new EventsService({
    region: 'eu-west-1',
    accountId: '111122223333',
    clock: LocalClock.virtual(new Date('2030-01-01T00:00:00Z')),
    uuid: randomUUID,
    buses: ['orders'],
    rules,
    deliver: async (arn, text, group) => {
      delivered.push({ arn, text, ...(group !== undefined && { group }) });
    },
    onFailure: (message) => failures.push(message),
    ...options,
  });
  const put = (detail: Json, more: JsonObject = {}) =>
    service.call('PutEvents', {
      Entries: [{ Source: 'shop', DetailType: 'Order', Detail: JSON.stringify(detail), ...more } as { [name: string]: Json }],
    });
  return { service, put, delivered, failures };
}

/** What a target gets of `detail`. */
async function inputOf(target: JsonObject, detail: Json): Promise<string | undefined> {
  const { put, delivered } = events([{ ...PAID, pattern: { source: ['shop'] }, targets: [{ Id: 't', Arn: QUEUE, ...target }] }]);
  await put(detail);
  return delivered[0]?.text;
}

test('an event that a rule matches is delivered as EventBridge writes it', async () => {
  const { put, delivered } = events([PAID]);

  const { Entries } = (await put({ state: 'paid' }, { Resources: ['order/1'] })) as { Entries: { EventId: string }[] };

  expect(delivered).toEqual([{ arn: QUEUE, text: expect.any(String) }]);
  expect(JSON.parse(delivered[0]!.text)).toEqual({
    version: '0',
    id: Entries[0]!.EventId,
    'detail-type': 'Order',
    source: 'shop',
    account: '111122223333',
    time: '2030-01-01T00:00:00Z',
    region: 'eu-west-1',
    resources: ['order/1'],
    detail: { state: 'paid' },
  });
});

test('an event that a rule does not match is not delivered', async () => {
  const { put, delivered } = events([PAID]);
  await put({ state: 'open' });

  expect(delivered).toEqual([]);
});

test('a rule of another bus is not asked', async () => {
  const { put, delivered } = events([PAID]);
  await put({ state: 'paid' }, { EventBusName: 'orders' });

  expect(delivered).toEqual([]);
});

test('a rule that is disabled takes nothing until it is enabled', async () => {
  const { service, put, delivered } = events([{ ...PAID, enabled: false }]);
  await put({ state: 'paid' });
  expect(delivered).toHaveLength(0);

  await service.call('EnableRule', { Name: 'Paid' });
  await put({ state: 'paid' });
  expect(delivered).toHaveLength(1);
});

test('an event goes on to another bus, and is matched there', async () => {
  const bus = 'arn:aws:events:eu-west-1:111122223333:event-bus/orders';
  const forward = { ...PAID, targets: [{ Id: 'bus', Arn: bus }] };
  const { put, delivered } = events([forward, { ...PAID, name: 'There', busName: 'orders' }]);
  await put({ state: 'paid' });

  expect(delivered).toMatchObject([{ arn: QUEUE }]);
});

test('an event that comes back to a bus goes round no more', async () => {
  const to = (name: string) => [{ Id: 'bus', Arn: `arn:aws:events:eu-west-1:111122223333:event-bus/${name}` }];
  const { put, failures } = events([
    { ...PAID, targets: to('orders') },
    { ...PAID, busName: 'orders', targets: to('default') },
  ]);
  await put({ state: 'paid' });

  expect(failures).toEqual(["an event was dropped: it came back to the event bus 'default'"]);
});

test('what is sent to a bus that is not there is dropped, and said to be', async () => {
  const { put, failures } = events([PAID]);

  expect(await put({ state: 'paid' }, { EventBusName: 'other' })).toMatchObject({ FailedEntryCount: 0 });
  expect(failures).toEqual(["an event was dropped: there is no event bus 'other'"]);
});

test('an event that cannot be delivered goes to the dead-letter queue of its target', async () => {
  const delivered: string[] = [];
  const deliver = async (arn: string) => {
    if (arn === QUEUE) throw new Error('it is full');
    delivered.push(arn);
  };
  const targets = [{ Id: 'queue', Arn: QUEUE, DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111122223333:Dead' } }];
  const { put, failures } = events([{ ...PAID, targets }], { deliver });
  await put({ state: 'paid' });
  await new Promise(setImmediate);

  expect(failures).toEqual([`rule Paid, target ${QUEUE}: it is full`]);
  expect(delivered).toEqual(['arn:aws:sqs:eu-west-1:111122223333:Dead']);
});

describe('a target gets', () => {
  test('a constant', async () => {
    expect(await inputOf({ Input: '{"fixed":true}' }, {})).toBe('{"fixed":true}');
  });

  test('a part of the event', async () => {
    expect(await inputOf({ InputPath: '$.detail.order' }, { order: { id: 1 } })).toBe('{"id":1}');
  });

  test('a group, where its queue is FIFO', async () => {
    const targets = [{ Id: 'queue', Arn: QUEUE, SqsParameters: { MessageGroupId: 'g' } }];
    const { put, delivered } = events([{ ...PAID, targets }]);
    await put({ state: 'paid' });

    expect(delivered).toMatchObject([{ group: 'g' }]);
  });

  const transformed = (template: string, detail: Json, paths: JsonObject = { it: '$.detail.it' }) =>
    inputOf({ InputTransformer: { InputPathsMap: { ...paths }, InputTemplate: template } } as JsonObject, detail);

  test.each<[string, string, Json, string]>([
    ['a value of its type', '{"it":<it>}', { a: [1] }, '{"it":{"a":[1]}}'],
    ['a text with its quotes', '{"it":<it>}', 'x"y', '{"it":"x\\"y"}'],
    ['a text within a text', '"it is <it>!"', 'x"y', '"it is x\\"y!"'],
    ['a number within a text', '"it is <it>"', 5, '"it is 5"'],
    ['an escaped quote before a placeholder', '"a \\" <it>"', 'x', '"a \\" x"'],
  ])('%s', async (_, template, it, text) => {
    expect(await transformed(template, { it })).toBe(text);
  });

  test('nothing within a text where a path leads nowhere', async () => {
    expect(await transformed('"it is <it>"', {})).toBe('"it is "');
  });

  test('what every template knows', async () => {
    const text = await transformed('{"rule":<aws.events.rule-name>,"event":<aws.events.event.json>}', { it: 1 });

    expect(JSON.parse(text!)).toMatchObject({ rule: 'Paid', event: { source: 'shop', detail: { it: 1 } } });
  });
});

test.each<[string, JsonObject, string]>([
  ['MalformedDetail', { Detail: 'no json' }, 'Detail is malformed.'],
  ['MalformedDetail', { Detail: '[]' }, 'Detail is malformed.'],
  ['InvalidArgument', { Source: '' }, 'Parameter Source is not valid. Reason: Source is a required argument.'],
  ['NotAuthorizedForSourceException', { Source: 'aws.s3' }, 'Not authorized for the source.'],
])('an entry is refused as %s given %j', async (ErrorCode, entry, ErrorMessage) => {
  const { put } = events([PAID]);

  expect(await put({ state: 'paid' }, entry)).toEqual({ FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage }] });
});

describe('rules by request', () => {
  test('are made, given targets, described, and taken away', async () => {
    const { service, put, delivered } = events([]);
    const pattern = JSON.stringify({ source: ['shop'] });
    expect(await service.call('PutRule', { Name: 'New', EventPattern: pattern })).toEqual({
      RuleArn: 'arn:aws:events:eu-west-1:111122223333:rule/New',
    });
    await service.call('PutTargets', { Rule: 'New', Targets: [{ Id: 'queue', Arn: QUEUE }] });
    await put({});

    expect(delivered).toHaveLength(1);
    expect(await service.call('DescribeRule', { Name: 'New' })).toMatchObject({ State: 'ENABLED', EventPattern: pattern });
    await expect(service.call('DeleteRule', { Name: 'New' })).rejects.toThrow("Rule can't be deleted since it has targets.");
    await service.call('RemoveTargets', { Rule: 'New', Ids: ['queue'] });
    await service.call('DeleteRule', { Name: 'New' });
    await expect(service.call('DescribeRule', { Name: 'New' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('keep their targets when their pattern changes', async () => {
    const { service, put, delivered } = events([PAID]);
    await service.call('PutRule', { Name: 'Paid', EventPattern: '{"detail":{"state":["open"]}}' });
    await put({ state: 'open' });

    expect(delivered).toHaveLength(1);
  });

  test('are refused a pattern that is none', async () => {
    const { service } = events([]);

    await expect(service.call('PutRule', { Name: 'New', EventPattern: '{"source":"shop"}' })).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: 'Event pattern is not valid. Reason: "source" must be an object or an array',
    });
  });

  test('are refused a template with a placeholder that has no path', async () => {
    const { service } = events([PAID]);
    const InputTransformer = { InputTemplate: '<it>' };

    await expect(
      service.call('PutTargets', { Rule: 'Paid', Targets: [{ Id: 'q', Arn: QUEUE, InputTransformer }] }),
    ).rejects.toThrow('InputTemplate names <it>, which InputPathsMap does not have; add it there');
  });
});

test('an operation that is not emulated is refused by name', async () => {
  const { service } = events([]);

  await expect(service.call('StartReplay', {})).rejects.toThrow('the operation StartReplay is not supported by EventBridge');
});
