import { randomBytes, randomUUID } from 'node:crypto';
import type { Json, TaskOutcome, TaskRequest } from '../../engine/host';
import type { TaskService } from '../task-service';
import type { InvokeRequest, InvokeResult, LambdaService } from './lambda-service';
import { LambdaServiceError, UnsupportedFunctionError } from './service-error';

const INVOKE = /^arn:aws[a-z-]*:states:[a-z0-9-]*:\d*:lambda:invoke(\.waitForTaskToken)?$/;
const FUNCTION_ARN = /^arn:aws[a-z-]*:lambda:/;

/** Task states that call Lambda: by `lambda:invoke`, or by the function's ARN as their resource. */
export class LambdaTask implements TaskService {
  constructor(private readonly lambda: LambdaService) {}

  supports(resource: string): boolean {
    return INVOKE.test(resource) || FUNCTION_ARN.test(resource);
  }

  workInput({ resource, parameters }: TaskRequest): Json {
    if (FUNCTION_ARN.test(resource)) return parameters;
    const { Payload } = (parameters ?? {}) as Record<string, Json | undefined>;
    try {
      return readPayload(Payload);
    } catch {
      // refused when it is run, with an error that can be caught; a stub gets the text
      return Payload!;
    }
  }

  workOutput({ resource }: TaskRequest, output: Json): Json {
    // a function's ARN as resource hands the result on as it is; with a task token, whoever holds it gives the result
    if (FUNCTION_ARN.test(resource) || resource.endsWith('.waitForTaskToken')) return output;
    const result = { requestId: randomUUID(), statusCode: 200, executedVersion: '$LATEST' } as const;
    return invokeOutput({ ...result, payload: output, payloadText: JSON.stringify(output) });
  }

  async run({ resource, parameters, signal }: TaskRequest): Promise<TaskOutcome> {
    try {
      if (FUNCTION_ARN.test(resource)) {
        const result = await this.lambda.invoke({ functionName: resource, payload: parameters, signal });
        return result.functionError ? functionFailure(result, result.payloadText) : { output: result.payload };
      }
      const result = await this.lambda.invoke({ ...readParameters(parameters), signal });
      // this integration parses the payload and writes it anew, the function's ARN as resource hands the text on
      return result.functionError ? functionFailure(result, JSON.stringify(result.payload)) : { output: invokeOutput(result) };
    } catch (error) {
      return serviceFailure(error);
    }
  }
}

function readParameters(parameters: Json): InvokeRequest {
  const { FunctionName, Qualifier, Payload, ClientContext, InvocationType } = (parameters ?? {}) as Record<
    string,
    Json | undefined
  >;
  if (typeof FunctionName !== 'string') {
    throw new ParametersError(
      `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [The field 'FunctionName' is required but was missing]`,
    );
  }
  return {
    functionName: typeof Qualifier === 'string' ? `${FunctionName}:${Qualifier}` : FunctionName,
    payload: readPayload(Payload),
    clientContext: typeof ClientContext === 'string' ? ClientContext : undefined,
    invocationType: InvocationType as InvokeRequest['invocationType'],
  };
}

/** A string is the request's body itself, no JSON string; an absent body is an empty event. */
function readPayload(payload: Json | undefined): Json {
  if (typeof payload !== 'string') {
    return payload ?? {};
  }
  try {
    return JSON.parse(payload) as Json;
  } catch (error) {
    throw new LambdaServiceError(
      'InvalidRequestContentException',
      400,
      `Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`,
    );
  }
}

/** Lambda's answer as the optimised integration shows it, headers and all. */
function invokeOutput(result: Omit<InvokeResult, 'logs'>): Json {
  const { requestId, statusCode, executedVersion, payload, payloadText } = result;
  const headers: Record<string, string> = {
    Connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(payloadText)),
    'Content-Type': 'application/json',
    Date: new Date().toUTCString(),
    ...(executedVersion && { 'X-Amz-Executed-Version': executedVersion }),
    'x-amzn-Remapped-Content-Length': '0',
    'x-amzn-RequestId': requestId,
    'X-Amzn-Trace-Id': `root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')};sampled=0`,
  };
  const allHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    ...(executedVersion && { ExecutedVersion: executedVersion }),
    Payload: payload,
    SdkHttpMetadata: { AllHttpHeaders: allHeaders, HttpHeaders: headers, HttpStatusCode: statusCode },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: statusCode,
  };
}

function functionFailure({ payload }: InvokeResult, cause: string): TaskOutcome {
  const errorType = (payload as { errorType?: Json } | null)?.errorType;
  return { error: typeof errorType === 'string' && errorType !== '' ? errorType : 'Lambda.Unknown', cause };
}

class ParametersError extends Error {}

function serviceFailure(error: unknown): TaskOutcome {
  if (error instanceof LambdaServiceError) {
    const { name, message, statusCode } = error;
    return {
      error: `Lambda.${name}`,
      cause: `${message} (Service: AWSLambda; Status Code: ${statusCode}; Error Code: ${name}; Request ID: ${randomUUID()}; Proxy: null)`,
    };
  }
  if (error instanceof UnsupportedFunctionError) {
    return { error: 'States.TaskFailed', cause: error.message };
  }
  if (error instanceof ParametersError) {
    return { error: 'States.Runtime', cause: error.message };
  }
  throw error;
}
