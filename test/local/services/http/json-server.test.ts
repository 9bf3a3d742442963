import { connect } from 'node:net';
import { AwsError } from '../../../../local/services/http/aws-error';
import type { JsonService } from '../../../../local/services/http/json-service';
import { definition, PASS, PREFIX, ROLE } from '../states/fixture';
import type { RawClient } from './raw-client';
import { type Serving, serving } from './serving';

const NAMESPACE = 'com.amazonaws.swf.service.v2.model';

let serve: Serving;
let client: RawClient;

beforeEach(async () => {
  serve = await serving();
  client = serve.client;
});

afterEach(() => serve.close());

/** Sends bytes, and returns all that comes back until the server closes the connection. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (data) => {
      received += data.toString();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

describe('an answer', () => {
  test('is JSON 1.0, with an id of its own', async () => {
    const answers = [await client.call('ListActivities', {}), await client.call('ListActivities', {})];
    expect(answers[0]).toMatchObject({
      status: 200,
      body: { activities: [] },
      headers: { 'content-type': 'application/x-amz-json-1.0', 'content-length': '17' },
    });
    const ids = answers.map(({ headers }) => headers['x-amzn-requestid']);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[1]).not.toBe(ids[0]);
  });

  test('has dates in seconds, with milliseconds', async () => {
    const before = Date.now() / 1000;
    const { body } = await client.call('CreateActivity', { name: 'work' });
    expect(body.creationDate).toBeGreaterThanOrEqual(before);
    expect(body.creationDate).toBeLessThanOrEqual(Date.now() / 1000);
  });

  test('to many requests comes over one connection', async () => {
    const { headers } = await client.call('ListActivities', {});
    expect(headers.connection).toBe('keep-alive');
  });

  test('is whole where it is in many bytes', async () => {
    const text = 'é€😀'.repeat(20_000);
    const { body } = await client.call('CreateStateMachine', { name: 'a', definition: PASS, roleArn: ROLE });
    const started = await client.call('StartExecution', { stateMachineArn: body.stateMachineArn, input: JSON.stringify(text) });
    const shown = await client.call('DescribeExecution', started.body);
    expect(shown.body).toMatchObject({ status: 'SUCCEEDED', output: JSON.stringify(text) });
  });
});

describe('an error', () => {
  test('of the service has its type, its message and status 400', async () => {
    const answer = await client.call('DescribeActivity', { activityArn: `${PREFIX}:activity:none` });
    expect(answer).toMatchObject({
      status: 400,
      body: { __type: `${NAMESPACE}#ActivityDoesNotExist`, message: `Activity Does Not Exist: '${PREFIX}:activity:none'` },
      headers: { 'x-amzn-errortype': 'ActivityDoesNotExist', 'content-type': 'application/x-amz-json-1.0' },
    });
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('of the model is one of validation', async () => {
    const { status, body } = await client.call('DescribeActivity', {});
    expect({ status, ...body }).toEqual({
      status: 400,
      __type: 'com.amazon.coral.validate#ValidationException',
      message: "1 validation error detected: Value null at 'activityArn' failed to satisfy constraint: Member must not be null",
    });
  });

  test.each(['', '{', 'nope', '{"a":1} x', '\u0000'])('of the JSON %p is one of serialization', async (body) => {
    const answer = await client.send({ headers: { 'x-amz-target': 'AWSStepFunctions.ListActivities' }, body });
    expect(answer).toMatchObject({ status: 400, body: { __type: 'com.amazon.coral.service#SerializationException' } });
    expect(answer.headers['x-amzn-errortype']).toBe('SerializationException');
  });

  test.each([
    'AWSStepFunctions.FlyToTheMoon',
    'AWSStepFunctions.__proto__',
    'AWSStepFunctions.constructor',
    'AWSStepFunctions.',
    'AWSStepFunctions',
    'DynamoDB_20120810.ListTables',
    '',
  ])('of the target %p is an unknown operation', async (target) => {
    const answer = await client.send({ headers: { 'x-amz-target': target }, body: '{}' });
    expect({ status: answer.status, ...answer.body }).toEqual({
      status: 400,
      __type: 'com.amazon.coral.service#UnknownOperationException',
    });
  });

  test('of the program is told to its owner, and to nobody else', async () => {
    const secret = new Error('a secret');
    const broken: JsonService = {
      target: 'Broken',
      handle: (action) => {
        if (action === 'Later') return Promise.reject(secret);
        if (action === 'Circular') return broken;
        throw secret;
      },
    };
    Object.assign(broken, { self: broken });
    const other = await serving({ services: [broken] });
    try {
      for (const action of ['Now', 'Later', 'Circular']) {
        const answer = await other.client.send({ headers: { 'x-amz-target': `Broken.${action}` }, body: '{}' });
        expect({ status: answer.status, text: answer.text }).toEqual({
          status: 500,
          text: '{"__type":"com.amazon.coral.service#InternalFailure"}',
        });
      }
      expect(other.faults).toEqual([secret, secret, expect.any(TypeError)]);
    } finally {
      await other.close();
    }
  });

  test('may have a status of its own', async () => {
    const throttling: JsonService = {
      target: 'Busy',
      handle: () => {
        throw new AwsError('ThrottlingException', 'Rate exceeded', 'busy', 429);
      },
    };
    const other = await serving({ services: [throttling] });
    const answer = await other.client.send({ headers: { 'x-amz-target': 'Busy.Do' }, body: '{}' });
    await other.close();
    expect(answer.status).toBe(429);
  });
});

describe('a request', () => {
  test.each([
    ['another host', { host: 'evil.example.com' }],
    ['a page of another origin', { origin: 'https://evil.example.com' }],
    ['a page without an origin', { origin: 'null' }],
  ])('of %s is refused', async (_who, headers) => {
    const answer = await client.call('ListActivities', {}, { headers });
    expect({ status: answer.status, text: answer.text }).toEqual({
      status: 403,
      text: 'only programs on this machine are served\n',
    });
  });

  test.each<{ [name: string]: string }>([
    { host: 'localhost:8083' },
    { host: 'sync-localhost:8083' },
    { origin: 'http://localhost:3000' },
  ])('with %j is served', async (headers) => {
    expect((await client.call('ListActivities', {}, { headers })).status).toBe(200);
  });

  test('of another path is not found, and of another method not allowed', async () => {
    expect((await client.send({ path: '/other', body: '{}' })).status).toBe(404);
    const answer = await client.send({ method: 'GET' });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST');
  });

  test('of a mebibyte is read, and of one byte more refused', async () => {
    const frame = JSON.stringify({ padding: '' }).length;
    const padded = (bytes: number) => ({ padding: 'x'.repeat(bytes - frame) });
    expect((await client.call('ListActivities', padded(1_048_576))).status).toBe(200);
    const answer = await client.call('ListActivities', padded(1_048_577));
    expect(answer).toMatchObject({
      status: 413,
      body: { __type: 'com.amazon.coral.service#RequestEntityTooLargeException' },
      headers: { connection: 'close' },
    });
  });

  test('that never ends is given up once it is too large', async () => {
    const head =
      'POST / HTTP/1.1\r\nHost: localhost\r\nx-amz-target: AWSStepFunctions.ListActivities\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    expect(await exchange(serve.port, head + chunk + chunk)).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('that is half sent is timed out', async () => {
    const impatient = await serving({ requestTimeout: 100 });
    const head =
      'POST / HTTP/1.1\r\nHost: localhost\r\nx-amz-target: AWSStepFunctions.ListActivities\r\nContent-Length: 10\r\n\r\n{"a"';
    expect(await exchange(impatient.port, head)).toMatch(/^HTTP\/1\.1 408 /);
    expect(impatient.faults).toEqual([]);
    await impatient.close();
  });

  test('that is no HTTP is refused', async () => {
    expect(await exchange(serve.port, 'hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await client.call('ListActivities', {})).status).toBe(200);
  });
});

describe('a long poll', () => {
  const activityArn = `${PREFIX}:activity:work`;
  const work = definition({ Work: { Type: 'Task', Resource: activityArn, End: true } });

  async function activity(): Promise<string> {
    await client.call('CreateActivity', { name: 'work' });
    const { body } = await client.call('CreateStateMachine', { name: 'w', definition: work, roleArn: ROLE });
    return String(body.stateMachineArn);
  }

  test('is answered as soon as there is a task', async () => {
    const stateMachineArn = await activity();
    const polled = client.call('GetActivityTask', { activityArn, workerName: 'anna' });
    await client.call('StartExecution', { stateMachineArn, input: '{"a":1}' });
    const { body } = await polled;
    expect(body).toEqual({ taskToken: expect.stringMatching(/^AQ/), input: '{"a":1}' });
    expect((await client.call('SendTaskSuccess', { taskToken: body.taskToken, output: '{}' })).body).toEqual({});
  });

  test('whose client went away takes no task with it', async () => {
    const stateMachineArn = await activity();
    const leaving = new AbortController();
    const lost = client.call('GetActivityTask', { activityArn }, { signal: leaving.signal });
    await client.call('ListActivities', {});
    leaving.abort();
    await expect(lost).rejects.toThrow('aborted');
    await client.call('StartExecution', { stateMachineArn, input: '"kept"' });
    expect((await client.call('GetActivityTask', { activityArn })).body.input).toBe('"kept"');
  });

  test('ends when the server does', async () => {
    await activity();
    const polled = client.call('GetActivityTask', { activityArn });
    const ended = expect(polled).rejects.toThrow();
    await client.call('ListActivities', {});
    await serve.server.close();
    await ended;
    expect(serve.faults).toEqual([]);
  });
});

test('listening on a port that is taken fails', async () => {
  await expect(serve.server.listen(0)).rejects.toThrow();
  const other = await serving();
  await expect(other.server.close().then(() => other.server.listen(serve.port))).rejects.toThrow(/EADDRINUSE/);
  await other.close();
});
