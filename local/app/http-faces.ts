import type { AwsService, JsonObject } from '../services/aws-service';
import { serializationError, unknownOperation } from '../services/http/aws-error';
import type { JsonServerOptions } from '../services/http/json-server';
import type { JsonService } from '../services/http/json-service';
import { S3Endpoint } from '../services/s3/s3-endpoint';
import type { S3Service } from '../services/s3/s3-service';
import { SnsEndpoint } from '../services/sns/sns-endpoint';
import { withQueueUrlsAt } from './emulators/queues';
import type { LocalApp } from './local-app';

type Faces = Pick<JsonServerOptions, 'services' | 'others'>;

const MIB = 2 ** 20;

/**
 * How the services of an app are spoken to over HTTP. The app is asked for when a request comes: its functions are told
 * where the server is, so that the server is there first.
 */
export function httpFaces(app: () => LocalApp, onFault: JsonServerOptions['onFault']): Faces {
  const find = (service: string) => (region: string | undefined) => app().emulated(service, region);
  return {
    services: [
      { target: 'AWSStepFunctions', handle: (...call) => app().states.handle(...call) },
      // a batch of items may have 16 MB
      { ...json('DynamoDB_20120810', find('dynamodb')), maxBodyBytes: 17 * MIB },
      // SDKs send to the URL of a queue
      { ...queues(find('sqs')), maxBodyBytes: 2 * MIB, anyPath: true },
      json('AWSEvents', find('events')),
    ],
    others: [
      new SnsEndpoint({ find: find('sns'), onFault }),
      new S3Endpoint({ find: (region) => app().emulated('s3', region) as S3Service | undefined, onFault }),
    ],
  };
}

/** The SDK for JavaScript sends to the host of a queue's URL, whatever endpoint it is given: that host is this one. */
function queues(find: (region: string | undefined) => AwsService | undefined): JsonService {
  const service = json('AmazonSQS', find);
  return {
    ...service,
    handle: async (operation, input, caller) => {
      const output = await service.handle(operation, input, caller);
      if (!/^(CreateQueue|GetQueueUrl|ListQueues)$/.test(operation)) return output;
      return JSON.parse(withQueueUrlsAt(`http://${caller.host}`, JSON.stringify(output))) as unknown;
    },
  };
}

function json(target: string, find: (region: string | undefined) => AwsService | undefined): JsonService {
  return {
    target,
    handle: (operation, input, { region, signal }) => {
      const service = find(region);
      if (service === undefined) throw unknownOperation();
      if (typeof input !== 'object' || input === null || Array.isArray(input))
        throw serializationError('the body is no JSON object');
      return service.call(operation, input as JsonObject, signal);
    },
  };
}
