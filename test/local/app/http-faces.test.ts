import * as fc from 'fast-check';
import { httpFaces } from '../../../local/app/http-faces';
import { LocalApp } from '../../../local/app/local-app';
import { JsonServer } from '../../../local/services/http/json-server';

const app = LocalApp.empty();
const faults: unknown[] = [];
const onFault = (fault: unknown) => faults.push(fault);
const server = new JsonServer({ ...httpFaces(() => app, onFault), onFault });
let url: string;

beforeAll(async () => {
  ({ url } = await server.listen(0));
});
afterAll(async () => {
  await server.close();
  await app.close();
});

const signedFor = (service: string) => `AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/${service}/aws4_request, Signature=0`;

async function answer(headers: { [name: string]: string }, body: string, path = '/') {
  const response = await fetch(url + path, { method: 'POST', headers, body });
  return { status: response.status, body: await response.text() };
}

test.each([
  ['DynamoDB_20120810.ListTables', '{"TableNames":[]}'],
  ['AmazonSQS.ListQueues', '{"QueueUrls":[]}'],
  ['AWSEvents.ListEventBuses', '{"EventBuses":['],
])('%s is answered', async (target, body) => {
  const { status, body: said } = await answer({ 'x-amz-target': target }, '{}');
  expect(status).toBe(200);
  expect(said).toContain(body);
});

test.each(['"a"', '[]', 'null', '1', 'true', '{', ''])('a body of %s is refused as one that cannot be read', async (body) => {
  const refused = await answer({ 'x-amz-target': 'AmazonSQS.ListQueues' }, body);
  expect(refused.status).toBe(400);
  expect(refused.body).toContain('SerializationException');
});

test('the URL of a queue leads to where the request was sent', async () => {
  const { body } = await answer({ 'x-amz-target': 'AmazonSQS.CreateQueue' }, '{"QueueName":"jobs"}');
  expect(JSON.parse(body)).toEqual({ QueueUrl: `${url}/123456789012/jobs` });
  expect(
    (await answer({ 'x-amz-target': 'AmazonSQS.ReceiveMessage' }, JSON.stringify({ QueueUrl: 'jobs' }), '/123456789012/jobs'))
      .status,
  ).toBe(200);
});

test('SNS is spoken to in forms', async () => {
  const headers = { authorization: signedFor('sns'), 'content-type': 'application/x-www-form-urlencoded' };
  const { body } = await answer(headers, 'Action=CreateTopic&Name=news&Version=2010-03-31');
  expect(body).toContain('<TopicArn>arn:aws:sns:us-east-1:123456789012:news</TopicArn>');
  const refused = await answer(headers, 'Action=Publish&TopicArn=none&Message=a');
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.body).toMatch(/<Code>\w+<\/Code>/);
});

test('nothing that is sent makes a service fail', async () => {
  const target = fc
    .constantFrom('DynamoDB_20120810', 'AmazonSQS', 'AWSEvents')
    .chain((service) =>
      fc
        .constantFrom('ListTables', 'PutItem', 'SendMessage', 'ReceiveMessage', 'PutEvents', 'PutRule', '', '__proto__')
        .map((one) => `${service}.${one}`),
    );
  const headers = fc.oneof(
    target.map((one) => ({ 'x-amz-target': one })),
    fc.constantFrom('sns', 's3').map((service) => ({ authorization: signedFor(service) })),
  );
  const body = fc.oneof(fc.json(), fc.string(), fc.webQueryParameters());
  const path = fc.oneof(
    fc.constant('/'),
    fc.webPath().map((one) => `/${one.replace(/^\/+/, '')}`),
  );
  await fc.assert(
    fc.asyncProperty(headers, body, path, async (sent, text, at) => {
      const { status } = await answer(sent, text, at);
      // 501: what S3 has and this machine has not
      expect(status < 500 || status === 501).toBe(true);
    }),
    { numRuns: 1000 },
  );
  expect(faults).toEqual([]);
});
