import fc from 'fast-check';
import { arnOf, type Received, sqsWith, urlOf } from './fixture';

const ORDERS = { name: 'Orders', attributes: {} };

describe('queues', () => {
  test('are found by the URL of AWS and by that of any other host', async () => {
    const { service, send } = sqsWith(ORDERS);
    await send('Orders', 'a');

    const received = await service.call('ReceiveMessage', { QueueUrl: 'http://127.0.0.1:8083/111122223333/Orders' });

    expect(received).toMatchObject({ Messages: [{ Body: 'a' }] });
  });

  test('are created once by the same request', async () => {
    const { service } = sqsWith();
    const request = { QueueName: 'New', Attributes: { VisibilityTimeout: '5' } };

    expect(await service.call('CreateQueue', request)).toEqual({ QueueUrl: urlOf('New') });
    expect(await service.call('CreateQueue', request)).toEqual({ QueueUrl: urlOf('New') });
    expect(await service.call('ListQueues', {})).toEqual({ QueueUrls: [urlOf('New')] });
  });

  test('are not created with other attributes than they have', async () => {
    const { service } = sqsWith(ORDERS);

    const again = service.call('CreateQueue', { QueueName: 'Orders', Attributes: { VisibilityTimeout: '5' } });

    await expect(again).rejects.toMatchObject({ name: 'QueueNameExists' });
  });

  test('that are deleted are not there', async () => {
    const { service, call } = sqsWith(ORDERS);
    await call('DeleteQueue', 'Orders');

    await expect(service.call('GetQueueUrl', { QueueName: 'Orders' })).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
      type: 'com.amazonaws.sqs#QueueDoesNotExist',
    });
  });

  test.each([
    ['VisibilityTimeout', '43201'],
    ['DelaySeconds', '-1'],
    ['RedrivePolicy', '{"maxReceiveCount":0}'],
    ['RedrivePolicy', 'no json'],
    ['ContentBasedDeduplication', 'yes'],
  ])('refuse %s of %s', async (name, value) => {
    const { call } = sqsWith(ORDERS);

    await expect(call('SetQueueAttributes', 'Orders', { Attributes: { [name]: value } })).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
      message: `Invalid value for the parameter ${name}.`,
    });
  });

  test('refuse an attribute that SQS does not have', async () => {
    const { call } = sqsWith(ORDERS);

    await expect(call('SetQueueAttributes', 'Orders', { Attributes: { Colour: 'red' } })).rejects.toMatchObject({
      name: 'InvalidAttributeName',
    });
  });

  test('count what is visible, in flight and delayed', async () => {
    const { call, send, receive } = sqsWith(ORDERS);
    await send('Orders', 'a');
    await send('Orders', 'b');
    await send('Orders', 'c', { DelaySeconds: 60 });
    await receive('Orders');

    const { Attributes } = await call('GetQueueAttributes', 'Orders', { AttributeNames: ['All'] });

    expect(Attributes).toMatchObject({
      QueueArn: arnOf('Orders'),
      VisibilityTimeout: '30',
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
  });

  test('refuse by name an operation that is not emulated', async () => {
    const { service } = sqsWith();

    await expect(service.call('StartMessageMoveTask', {})).rejects.toMatchObject({
      name: 'UnsupportedOperation',
      message: 'the operation StartMessageMoveTask is not supported by SQS on this machine; name another with --endpoint sqs=URL',
    });
  });
});

describe('a message', () => {
  test('is received with the digests that SDKs verify', async () => {
    const { send, receive } = sqsWith(ORDERS);
    const attributes = { kind: { DataType: 'String', StringValue: 'new' } };

    const sent = await send('Orders', 'hello', { MessageAttributes: attributes });
    const [message] = await receive('Orders', { MessageAttributeNames: ['All'], AttributeNames: ['All'] });

    expect(sent.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592');
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
      MessageAttributes: attributes,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: { SentTimestamp: String(Date.UTC(2030, 0, 1)), ApproximateReceiveCount: '1' },
    });
  });

  test('is received without attributes that nobody asked for', async () => {
    const { send, receive } = sqsWith(ORDERS);
    await send('Orders', 'a', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'new' } } });

    const [message] = await receive('Orders');

    expect(message).not.toHaveProperty('Attributes');
    expect(message).not.toHaveProperty('MessageAttributes');
    expect(message).not.toHaveProperty('MD5OfMessageAttributes');
  });

  test('that was received is hidden until its visibility timeout, to the millisecond', async () => {
    const { send, receive, pass } = sqsWith(ORDERS);
    await send('Orders', 'a');
    await receive('Orders');

    await pass(29.999);
    expect(await receive('Orders')).toEqual([]);
    await pass(0.001);
    expect(await receive('Orders', { AttributeNames: ['ApproximateReceiveCount'] })).toMatchObject([
      { Body: 'a', Attributes: { ApproximateReceiveCount: '2' } },
    ]);
  });

  test('that was deleted never comes back', async () => {
    const { call, send, receive, pass } = sqsWith(ORDERS);
    await send('Orders', 'a');
    const [{ ReceiptHandle }] = await receive('Orders');
    await call('DeleteMessage', 'Orders', { ReceiptHandle: ReceiptHandle! });

    await pass(3600);
    expect(await receive('Orders')).toEqual([]);
  });

  test('is not deleted with the handle of an earlier receipt', async () => {
    const { call, send, receive, pass } = sqsWith(ORDERS);
    await send('Orders', 'a');
    const [first] = await receive('Orders');
    await pass(30);
    await receive('Orders');

    await call('DeleteMessage', 'Orders', { ReceiptHandle: first!.ReceiptHandle });

    await pass(30);
    expect(await receive('Orders')).toMatchObject([{ Body: 'a' }]);
  });

  test('is given back by a visibility timeout of zero', async () => {
    const { call, send, receive } = sqsWith(ORDERS);
    await send('Orders', 'a');
    const [{ ReceiptHandle }] = await receive('Orders');
    await call('ChangeMessageVisibility', 'Orders', { ReceiptHandle: ReceiptHandle!, VisibilityTimeout: 0 });

    expect(await receive('Orders')).toMatchObject([{ Body: 'a' }]);
    await expect(
      call('ChangeMessageVisibility', 'Orders', { ReceiptHandle: ReceiptHandle!, VisibilityTimeout: 9 }),
    ).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  test('is refused a receipt handle that is none', async () => {
    const { call } = sqsWith(ORDERS);

    await expect(call('DeleteMessage', 'Orders', { ReceiptHandle: 'made up' })).rejects.toMatchObject({
      name: 'ReceiptHandleIsInvalid',
    });
  });

  test('expires after the retention period', async () => {
    const { send, receive, pass } = sqsWith({ name: 'Short', attributes: { MessageRetentionPeriod: '60' } });
    await send('Short', 'a');

    await pass(60);
    expect(await receive('Short')).toEqual([]);
  });

  test('may take as much as the queue allows and not a byte more', async () => {
    const { send } = sqsWith({ name: 'Small', attributes: { MaximumMessageSize: '1024' } });

    await expect(send('Small', 'é'.repeat(512))).resolves.toHaveProperty('MessageId');
    await expect(send('Small', 'é'.repeat(512) + 'x')).rejects.toThrow('Message must be shorter than 1024 bytes');
  });

  test('with characters that XML does not have is refused', async () => {
    const { send } = sqsWith(ORDERS);

    await expect(send('Orders', 'a\u0000')).rejects.toMatchObject({ name: 'InvalidMessageContents' });
  });
});

describe('a long poll', () => {
  test('ends when a message is sent, at that time', async () => {
    const { clock, send, receive } = sqsWith(ORDERS);
    clock.schedule(clock.now() + 7000, () => void send('Orders', 'late'));

    const received = await receive('Orders', { WaitTimeSeconds: 20 });

    expect(received).toMatchObject([{ Body: 'late' }]);
    expect(clock.now()).toBe(Date.UTC(2030, 0, 1, 0, 0, 7));
  });

  test('ends empty once its time is over', async () => {
    const { clock, receive } = sqsWith(ORDERS);

    expect(await receive('Orders', { WaitTimeSeconds: 20 })).toEqual([]);
    expect(clock.now()).toBe(Date.UTC(2030, 0, 1, 0, 0, 20));
  });

  test('takes a delayed message at the time it becomes visible', async () => {
    const { clock, send, receive } = sqsWith(ORDERS);
    await send('Orders', 'a', { DelaySeconds: 12 });

    expect(await receive('Orders', { WaitTimeSeconds: 20 })).toMatchObject([{ Body: 'a' }]);
    expect(clock.now()).toBe(Date.UTC(2030, 0, 1, 0, 0, 12));
  });

  test('of a client that went away takes nothing', async () => {
    const { service, send, receive } = sqsWith(ORDERS);
    const client = new AbortController();
    const polled = service.call('ReceiveMessage', { QueueUrl: urlOf('Orders'), WaitTimeSeconds: 20 }, client.signal);
    client.abort();
    await send('Orders', 'a');

    expect(await polled).toEqual({});
    expect(await receive('Orders')).toMatchObject([{ Body: 'a' }]);
  });
});

describe('a dead-letter queue', () => {
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 2 });

  test('gets a message that was received as often as allowed, and says where it is from', async () => {
    const { send, receive, pass } = sqsWith({ name: 'Work', attributes: { RedrivePolicy } }, { name: 'Dead', attributes: {} });
    await send('Work', 'poison');
    for (const _ of [1, 2]) {
      expect(await receive('Work')).toHaveLength(1);
      await pass(30);
    }

    expect(await receive('Work')).toEqual([]);
    expect(await receive('Dead', { AttributeNames: ['All'] })).toMatchObject([
      { Body: 'poison', Attributes: { DeadLetterQueueSourceArn: arnOf('Work'), ApproximateReceiveCount: '1' } },
    ]);
  });

  test('that is not there loses nothing', async () => {
    const { send, receive, pass } = sqsWith({ name: 'Work', attributes: { RedrivePolicy } });
    await send('Work', 'poison');
    for (const _ of [1, 2, 3]) {
      expect(await receive('Work')).toHaveLength(1);
      await pass(30);
    }
  });
});

describe('a batch', () => {
  test('may succeed in part', async () => {
    const { call } = sqsWith(ORDERS);

    const answer = await call('SendMessageBatch', 'Orders', {
      Entries: [
        { Id: 'good', MessageBody: 'a' },
        { Id: 'bad', MessageBody: 'b', DelaySeconds: 901 },
      ],
    });

    expect(answer).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue' }],
    });
  });

  test.each([
    ['EmptyBatchRequest', []],
    ['BatchEntryIdsNotDistinct', ['a', 'a']],
    ['InvalidBatchEntryId', ['a b']],
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, i) => `m${i}`)],
  ])('is refused as %s', async (name, ids: string[]) => {
    const { call } = sqsWith(ORDERS);

    const sent = call('SendMessageBatch', 'Orders', { Entries: ids.map((Id) => ({ Id, MessageBody: 'a' })) });

    await expect(sent).rejects.toMatchObject({ name });
  });
});

describe('a FIFO queue', () => {
  const FIFO = { name: 'Steps.fifo', attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } };

  test('holds a group back while one of its messages is worked on', async () => {
    const { call, send, receive } = sqsWith(FIFO);
    await send('Steps.fifo', 'a1', { MessageGroupId: 'a' });
    await send('Steps.fifo', 'a2', { MessageGroupId: 'a' });
    await send('Steps.fifo', 'b1', { MessageGroupId: 'b' });

    const [a1] = await receive('Steps.fifo');
    expect(a1).toMatchObject({ Body: 'a1' });
    expect(await receive('Steps.fifo', { MaxNumberOfMessages: 10 })).toMatchObject([{ Body: 'b1' }]);
    await call('DeleteMessage', 'Steps.fifo', { ReceiptHandle: a1!.ReceiptHandle });
    expect(await receive('Steps.fifo')).toMatchObject([{ Body: 'a2' }]);
  });

  test('takes the same message once within five minutes, and again after them', async () => {
    const { send, receive, pass } = sqsWith(FIFO);
    const first = await send('Steps.fifo', 'same', { MessageGroupId: 'a' });
    await pass(299);
    const second = await send('Steps.fifo', 'same', { MessageGroupId: 'a' });
    await pass(1);
    const third = await send('Steps.fifo', 'same', { MessageGroupId: 'a' });

    expect(second.MessageId).toBe(first.MessageId);
    expect(third.MessageId).not.toBe(first.MessageId);
    expect(await receive('Steps.fifo', { MaxNumberOfMessages: 10 })).toHaveLength(2);
  });

  test('refuses a message without a group, or with a delay of its own', async () => {
    const { send } = sqsWith(FIFO);

    await expect(send('Steps.fifo', 'a')).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(send('Steps.fifo', 'a', { MessageGroupId: 'a', DelaySeconds: 1 })).rejects.toThrow('DelaySeconds');
  });

  test('keeps the order of each group, whatever is deleted, given back or left to time out', async () => {
    const step = fc.record({
      group: fc.constantFrom('a', 'b', 'c'),
      fates: fc.array(fc.constantFrom('release', 'forget'), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { call, send, receive } = sqsWith(FIFO);
        for (const [i, { group }] of steps.entries()) await send('Steps.fifo', `${i}`, { MessageGroupId: group });
        const fates = steps.map((one) => [...one.fates]);
        const done: number[] = [];
        while (done.length < steps.length) {
          const [{ Body, ReceiptHandle }] = (await receive('Steps.fifo', { WaitTimeSeconds: 20, VisibilityTimeout: 9 })) as [
            Received,
          ];
          const fate = fates[Number(Body)]!.shift();
          if (fate === 'release') await call('ChangeMessageVisibility', 'Steps.fifo', { ReceiptHandle, VisibilityTimeout: 0 });
          if (fate !== undefined) continue;
          await call('DeleteMessage', 'Steps.fifo', { ReceiptHandle });
          done.push(Number(Body));
        }
        for (const group of ['a', 'b', 'c']) {
          const order = done.filter((i) => steps[i]!.group === group);
          expect(order).toEqual([...order].sort((x, y) => x - y));
        }
        expect(new Set(done).size).toBe(steps.length);
      }),
      { numRuns: 200 },
    );
  });
});
