import { randomUUID } from 'node:crypto';
import type { Resource } from '../../assembly';
import type { Json } from '../../engine/host';
import type { AwsService } from '../../services/aws-service';
import { DynamoDbService } from '../../services/dynamodb/dynamodb-service';
import type { InvokeRequest, InvokeResult } from '../../services/lambda/lambda-service';
import { EventSourceMapping } from '../../services/sqs/event-source-mapping';
import { SqsService } from '../../services/sqs/sqs-service';
import type { LocalClock } from '../local-clock';
import { eventSourceMappings, unsupportedMappings } from './event-source-mappings';
import { queues } from './queues';
import { tables, unsupportedByTables } from './tables';

export interface EmulatorsOptions {
  readonly region: string;
  readonly accountId: string;
  readonly clock: LocalClock;
  /** All that the app has in this account and region. */
  readonly resources: readonly Resource[];
  /** What queue URLs begin with. @default - as in AWS */
  readonly endpoint?: string;
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** Told of what nobody waits for and what went wrong, such as a delivery of messages to a function. */
  onFailure(message: string): void;
}

/** The services of one account in one region that keep what programs give them, filled with the app's resources. */
export class Emulators {
  readonly services: readonly AwsService[];
  /** What of the app's resources does not do here what it does in AWS, one line each. */
  readonly problems: readonly string[];
  private readonly dynamodb: DynamoDbService;
  private readonly sqs: SqsService;
  private readonly mappings: readonly EventSourceMapping[];

  constructor(private readonly options: EmulatorsOptions) {
    const { resources } = options;
    this.dynamodb = new DynamoDbService({ ...options, tables: tables(resources) });
    this.sqs = new SqsService({ ...options, uuid: randomUUID, queues: queues(resources) });
    this.services = [this.dynamodb, this.sqs];
    this.mappings = this.startMappings();
    this.problems = [...unsupportedByTables(resources), ...unsupportedMappings(resources)];
  }

  async close(): Promise<void> {
    for (const mapping of this.mappings) mapping.close();
    await this.dynamodb.close();
  }

  private startMappings(): EventSourceMapping[] {
    const { resources, clock, onFailure } = this.options;
    return eventSourceMappings(resources).flatMap(({ queueArn, functionName, ...settings }) => {
      const queue = this.sqs.queues.byArn(queueArn);
      // of another app, which nobody here sends to
      if (queue === undefined) return [];
      return new EventSourceMapping({
        ...this.options,
        ...settings,
        queue,
        now: () => clock.now(),
        invoke: (event) => this.invoke(functionName, event),
        onFailure: (error) => onFailure(`${functionName}, given messages of ${queue.name}: ${messageOf(error)}`),
      });
    });
  }

  /** Time does not move while a function works. */
  private async invoke(functionName: string, payload: Json): Promise<Json> {
    const result = await this.options.clock.hold(this.options.invoke({ functionName, payload }));
    if (result.functionError !== undefined) throw new Error(result.payloadText);
    return result.payload;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
