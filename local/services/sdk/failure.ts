import { randomUUID } from 'node:crypto';
import type { TaskOutcome } from '../../engine/host';
import type { AwsError } from '../http/aws-error';
import type { Integration } from './integration';
import { sdkName } from './service-name';

/** How an integration that was made for a service writes its name: before the error, and in the cause. */
const OPTIMISED: { readonly [service: string]: readonly [error: string, cause: string] } = {
  dynamodb: ['DynamoDB', 'AmazonDynamoDBv2'],
  sns: ['SNS', 'AmazonSNS'],
  sqs: ['SQS', 'AmazonSQS'],
};

/** How the SDK for Java, which `aws-sdk` integrations go through, writes services of more than one word. */
const PRODUCTS: { readonly [service: string]: string } = { dynamodb: 'DynamoDb', events: 'EventBridge', sesv2: 'SesV2' };

/** Codes that services answer and do not declare: the SDK for Java has no class for them but the service's own. */
const UNDECLARED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'IncompleteSignature',
  'InternalFailure',
  'InvalidParameterValue',
  'MissingParameter',
  'SerializationException',
  'ThrottlingException',
  'UnknownOperationException',
  'ValidationError',
  'ValidationException',
]);

/** An error of a service as Step Functions gives it to a state. */
export function failureOf(error: AwsError, { service, optimised }: Integration, product?: string): TaskOutcome {
  return optimised ? optimisedFailure(error, service) : sdkFailure(error, service, product);
}

function optimisedFailure({ name, message, statusCode }: AwsError, service: string): TaskOutcome {
  const [prefix, product] = OPTIMISED[service] ?? [capitalised(service), `Amazon${capitalised(service)}`];
  const type = UNDECLARED.has(name) ? `Amazon${prefix}Exception` : withException(name);
  return {
    error: `${prefix}.${type}`,
    cause: `${message} (Service: ${product}; Status Code: ${statusCode}; Error Code: ${name}; Request ID: ${randomUUID()}; Proxy: null)`,
  };
}

function sdkFailure({ name, message, statusCode }: AwsError, service: string, named?: string): TaskOutcome {
  const product = PRODUCTS[service] ?? named ?? capitalised(sdkName(service));
  const type = UNDECLARED.has(name) ? `${product}Exception` : withException(name);
  const extended = service === 's3' ? `, Extended Request ID: ${randomUUID()}` : '';
  return {
    error: `${product}.${type}`,
    cause: `${message} (Service: ${product}, Status Code: ${statusCode}, Request ID: ${randomUUID()}${extended})`,
  };
}

function withException(code: string): string {
  // query protocols write `AWS.SimpleQueueService.NonExistentQueue`
  const name = code.slice(code.lastIndexOf('.') + 1);
  return name.endsWith('Exception') ? name : `${name}Exception`;
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
