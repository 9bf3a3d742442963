import type { Json, TaskOutcome, TaskRequest } from '../../../../local/engine/host';
import { LambdaTask } from '../../../../local/services/lambda/lambda-task';
import { ACCOUNT, arn, LambdaFixture, REGION, UUID } from './fixture';

const lambda = new LambdaFixture({
  echo: { files: { 'index.js': 'exports.handler = async (event) => event' } },
  client: { files: { 'index.js': 'exports.handler = async (event, context) => context.clientContext.custom' } },
  version: { files: { 'index.js': 'exports.handler = async (event, context) => context.invokedFunctionArn' } },
  raises: { runtime: 'python3.13', files: { 'index.py': 'def handler(event, context):\n    raise ValueError("bad")\n' } },
  nameless: { files: { 'index.js': 'exports.handler = async () => { const e = new Error("x"); e.name = ""; throw e; }' } },
  go: { runtime: 'provided.al2023', files: { bootstrap: '' } },
});
const tasks = new LambdaTask(lambda.service);

afterAll(() => lambda.close());

const INVOKE = 'arn:aws:states:::lambda:invoke';

function request(resource: string, parameters: Json): TaskRequest {
  return {
    resource,
    parameters,
    stateName: 'Task',
    executionArn: `arn:aws:states:${REGION}:${ACCOUNT}:execution:machine:run`,
    retryCount: 0,
    signal: new AbortController().signal,
  };
}

function run(resource: string, parameters: Json): Promise<TaskOutcome> {
  return tasks.run(request(resource, parameters));
}

test.each([
  [INVOKE, true],
  [`${INVOKE}.waitForTaskToken`, true],
  ['arn:aws-cn:states:::lambda:invoke', true],
  [arn('echo'), true],
  [`${arn('echo')}:live`, true],
  ['arn:aws:states:::aws-sdk:lambda:invoke', false],
  ['arn:aws:states:::sqs:sendMessage', false],
  [`arn:aws:states:${REGION}:${ACCOUNT}:activity:work`, false],
])('%s: supported %s', (resource, supported) => {
  expect(tasks.supports(resource)).toBe(supported);
});

test("the function's ARN as resource gives the payload", async () => {
  expect(await run(arn('echo'), { a: 1 })).toEqual({ output: { a: 1 } });
});

test('lambda:invoke gives the payload among the metadata that AWS adds', async () => {
  const outcome = await run(INVOKE, { FunctionName: 'echo', Payload: { foo: 'foo-1' } });
  const headers = {
    Connection: 'keep-alive',
    'Content-Length': '15',
    'Content-Type': 'application/json',
    Date: expect.stringMatching(/ GMT$/),
    'X-Amz-Executed-Version': '$LATEST',
    'X-Amzn-Trace-Id': expect.stringMatching(/^root=1-[0-9a-f]{8}-[0-9a-f]{24};sampled=0$/),
    'x-amzn-Remapped-Content-Length': '0',
    'x-amzn-RequestId': expect.stringMatching(UUID),
  };
  expect(outcome).toEqual({
    output: {
      ExecutedVersion: '$LATEST',
      Payload: { foo: 'foo-1' },
      SdkHttpMetadata: {
        AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
        HttpHeaders: headers,
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: expect.stringMatching(UUID) },
      StatusCode: 200,
    },
  });
});

// recorded from AWS: a string is the body of the request, no body is an empty event
test.each([
  ['absent', undefined, {}],
  ['null', null, {}],
  ['an object', { a: 1 }, { a: 1 }],
  ['a number', 0, 0],
  ['the text of a number', '0', 0],
  ['the text of an object', '{}', {}],
  ['the text of a boolean', 'true', true],
  ['the text of a string', '"words"', 'words'],
])('lambda:invoke with a Payload that is %s', async (_, payload, event) => {
  const outcome = await run(INVOKE, { FunctionName: arn('echo'), ...(payload !== undefined && { Payload: payload }) });
  expect(outcome).toMatchObject({ output: { Payload: event } });
});

test('a Payload that is no JSON text is Lambda.InvalidRequestContentException', async () => {
  expect(await run(INVOKE, { FunctionName: 'echo', Payload: 'words' })).toEqual({
    error: 'Lambda.InvalidRequestContentException',
    cause: expect.stringMatching(
      /^Could not parse request body into json: .* \(Service: AWSLambda; Status Code: 400; Error Code: InvalidRequestContentException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
    ),
  });
});

test.each<[string, Json, Json]>([
  ['its Payload', { FunctionName: 'echo', Payload: { a: 1 } }, { a: 1 }],
  ['its Payload, parsed', { FunctionName: 'echo', Payload: '{"a":1}' }, { a: 1 }],
  ['its Payload as it is where that is no JSON text', { FunctionName: 'echo', Payload: 'words' }, 'words'],
  ['an empty event without a Payload', { FunctionName: 'echo' }, {}],
  ['an empty event without parameters', null, {}],
])('what stands for a function gets %s', (_, parameters, input) => {
  expect(tasks.workInput(request(INVOKE, parameters))).toEqual(input);
});

test('lambda:invoke passes the client context and the qualifier', async () => {
  const ClientContext = Buffer.from('{"custom":{"a":1}}').toString('base64');
  expect(await run(INVOKE, { FunctionName: 'client', ClientContext })).toMatchObject({ output: { Payload: { a: 1 } } });
  expect(await run(INVOKE, { FunctionName: arn('version'), Qualifier: 'live' })).toMatchObject({
    output: { Payload: `${arn('version')}:live` },
  });
});

test('lambda:invoke with InvocationType Event is accepted', async () => {
  expect(await run(INVOKE, { FunctionName: 'echo', InvocationType: 'Event' })).toMatchObject({
    output: { StatusCode: 202, Payload: '' },
  });
});

test("a function's error is its errorType, with the payload as cause", async () => {
  const stackTrace = [`  File "${lambda.directory('raises')}/index.py", line 2, in handler\n    raise ValueError("bad")\n`];
  const outcome = (await run(INVOKE, { FunctionName: 'raises' })) as { error: string; cause: string };
  expect(outcome.error).toBe('ValueError');
  expect(JSON.parse(outcome.cause)).toEqual({
    errorMessage: 'bad',
    errorType: 'ValueError',
    requestId: expect.stringMatching(UUID),
    stackTrace,
  });
});

// recorded from AWS: Python separates by ", " and ": "; only lambda:invoke writes the payload anew
test('the cause is compact through lambda:invoke, and as the runtime wrote it through the ARN', async () => {
  expect(await run(INVOKE, { FunctionName: 'raises' })).toMatchObject({
    cause: expect.stringMatching(/^\{"errorMessage":"bad","errorType":"ValueError",/),
  });
  expect(await run(arn('raises'), {})).toMatchObject({
    error: 'ValueError',
    cause: expect.stringMatching(/^\{"errorMessage": "bad", "errorType": "ValueError", /),
  });
});

test('an error without a type is Lambda.Unknown', async () => {
  expect(await run(INVOKE, { FunctionName: 'nameless' })).toMatchObject({ error: 'Lambda.Unknown' });
});

test.each([INVOKE, arn('nobody')])(
  'a function that does not exist is Lambda.ResourceNotFoundException through %s',
  async (resource) => {
    expect(await run(resource, { FunctionName: 'nobody' })).toEqual({
      error: 'Lambda.ResourceNotFoundException',
      cause: expect.stringMatching(
        /^Function not found: arn:aws:lambda:eu-west-1:123456789012:function:nobody \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
      ),
    });
  },
);

test.each<Json>([{}, { FunctionName: 7 }, 'echo', null])(
  'parameters without a FunctionName, %j, are States.Runtime',
  async (parameters) => {
    expect(await run(INVOKE, parameters)).toEqual({
      error: 'States.Runtime',
      cause: `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [The field 'FunctionName' is required but was missing]`,
    });
  },
);

test('a function that cannot run here is States.TaskFailed, and says why', async () => {
  expect(await run(INVOKE, { FunctionName: 'go' })).toEqual({
    error: 'States.TaskFailed',
    cause: expect.stringMatching(/^function 'go': runtime 'provided\.al2023' does not run locally/),
  });
});
