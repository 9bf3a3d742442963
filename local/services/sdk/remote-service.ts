import type { Json } from '../../engine/host';
import type { AwsService, JsonObject } from '../aws-service';
import { AwsError } from '../http/aws-error';
import { installedClient, type SdkModule } from './sdk-client';
import { fromClient, operationShapes, toClient } from './sdk-schema';
import { sdkName } from './service-name';

export interface RemoteServiceOptions {
  /** Our name of the service. */
  readonly service: string;
  /** Where the user says that it is. */
  readonly endpoint: string;
  readonly region: string;
  /** Where the user's project is, which brings the client. */
  readonly directory: string;
}

interface Client {
  send(command: object, options: { abortSignal?: AbortSignal }): Promise<Record<string, unknown>>;
}

type Constructor = new (input: object) => Client & { readonly schema?: unknown };

/** A service somewhere else, called through the AWS SDK's own client: it knows every service's protocol. */
export class RemoteService implements AwsService {
  readonly name: string;
  private readonly module: SdkModule | undefined;
  private client: Client | undefined;

  constructor(private readonly options: RemoteServiceOptions) {
    this.name = options.service;
    this.module = installedClient(options.service, options.directory);
  }

  /** `ECSClient` is `Ecs` to the SDK for Java. */
  get product(): string | undefined {
    const client = this.exportName(`${sdkName(this.name)}Client`);
    return client
      ?.replace(/Client$/, '')
      .replace(/[A-Z]+(?=[A-Z][a-z]|\d|$)/g, (word) => word.charAt(0) + word.slice(1).toLowerCase());
  }

  /** What is missing to call it; undefined if nothing is. */
  get problem(): string | undefined {
    if (this.module !== undefined) return undefined;
    const name = sdkName(this.name);
    return `--endpoint ${name}: your project has no client for it; npm install --save-dev @aws-sdk/client-${name} (its name may have hyphens)`;
  }

  async call(operation: string, input: JsonObject, signal?: AbortSignal): Promise<JsonObject> {
    const Command = this.find(`${operation}Command`);
    if (Command === undefined) {
      throw failure('UnknownOperationException', this.problem ?? `${sdkName(this.name)} has no operation ${operation}`, 400);
    }
    const shapes = operationShapes(new Command({}).schema);
    const command = new Command(toClient(input as Json, shapes?.input) as object);
    try {
      const { $metadata: _answer, ...output } = await this.connected().send(command, { abortSignal: signal });
      return fromClient(await withoutStreams(output), shapes?.output) as JsonObject;
    } catch (error) {
      throw failureOf(error, this.options);
    }
  }

  private connected(): Client {
    if (this.client === undefined) {
      const Client = this.find(`${sdkName(this.name)}Client`)!;
      const { endpoint, region } = this.options;
      this.client = new Client({ endpoint, region, ...(isLocal(endpoint) && { credentials: ANY_CREDENTIALS }) });
    }
    return this.client;
  }

  private find(name: string): Constructor | undefined {
    const exported = this.exportName(name);
    return exported === undefined ? undefined : (this.module![exported] as Constructor);
  }

  /** Names of operations and clients differ from Step Functions' in the case of abbreviations. */
  private exportName(name: string): string | undefined {
    return Object.keys(this.module ?? {}).find((one) => one.toLowerCase() === name.toLowerCase());
  }
}

/** Emulators check none, and nothing of the user's should be sent to them. */
const ANY_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

function isLocal(endpoint: string): boolean {
  return /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(endpoint);
}

async function withoutStreams(output: Record<string, unknown>): Promise<Record<string, unknown>> {
  const members = Object.entries(output).map(async ([name, value]) => {
    const stream = value as { transformToString?: () => Promise<string> } | null | undefined;
    return [name, typeof stream?.transformToString === 'function' ? await stream.transformToString() : value] as const;
  });
  return Object.fromEntries(await Promise.all(members));
}

interface SdkFailure {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

function failureOf(error: unknown, { service, endpoint }: RemoteServiceOptions): AwsError {
  const { name, message, $metadata } = error as SdkFailure;
  const status = $metadata?.httpStatusCode;
  // no answer: what Step Functions calls an error of the client
  return status === undefined
    ? failure('SdkClientException', `${message || name}; asked ${sdkName(service)} at ${endpoint}`, 0)
    : failure(name, message, status);
}

function failure(name: string, message: string, statusCode: number): AwsError {
  return new AwsError(name, message, 'com.amazon.coral.service', statusCode);
}
