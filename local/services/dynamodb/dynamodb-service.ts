import { setTimeout } from 'node:timers/promises';
import { asText } from '../as-text';
import type { AwsService, JsonObject } from '../aws-service';
import { AwsError } from '../http/aws-error';
import type { Dynalite, DynaliteFailure } from './dynalite';
import { TimeToLive } from './time-to-live';

export interface TableConfig {
  /** As CreateTable takes it. */
  readonly definition: JsonObject & { readonly TableName: string };
  /** @default - no attribute of an item says when it expires */
  readonly timeToLiveAttribute?: string;
}

export interface DynamoDbServiceOptions {
  readonly region: string;
  readonly accountId: string;
  readonly tables: readonly TableConfig[];
}

interface Opened {
  readonly dynalite: Dynalite;
  readonly timeToLive: TimeToLive;
}

/**
 * DynamoDB in this process. Transactions, PartiQL, streams and backups are refused by name, and a condition that fails
 * never returns the item: dynalite has none of them.
 */
export class DynamoDbService implements AwsService {
  readonly name = 'dynamodb';
  private opened: Promise<Opened> | undefined;

  constructor(private readonly options: DynamoDbServiceOptions) {}

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    this.opened ??= this.open();
    const { dynalite, timeToLive } = await this.opened;
    if (operation === 'UpdateTimeToLive' || operation === 'DescribeTimeToLive') {
      const table = asText(input.TableName);
      await run(dynalite, 'DescribeTable', { TableName: table });
      return operation === 'DescribeTimeToLive'
        ? timeToLive.describe(table)
        : timeToLive.update(table, (input.TimeToLiveSpecification ?? {}) as JsonObject);
    }
    const output = await run(dynalite, operation, input);
    if (operation === 'DeleteTable') timeToLive.forget(asText(input.TableName));
    return output;
  }

  async close(): Promise<void> {
    // where it could not be opened, whoever called it was told
    const opened = await this.opened?.catch(() => undefined);
    await opened?.dynalite.close();
  }

  private async open(): Promise<Opened> {
    const { region, accountId, tables } = this.options;
    // a bundle of its own, half a megabyte: start-up does not read it
    const { Dynalite } = require('./dynalite') as typeof import('./dynalite');
    const opened = { dynalite: new Dynalite(region, accountId), timeToLive: new TimeToLive() };
    for (const table of tables) await explained(table, () => create(opened, table));
    return opened;
  }
}

async function explained({ definition }: TableConfig, make: () => Promise<void>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { name, message, namespace } = error;
    throw new AwsError(name, `the app's table ${definition.TableName} could not be created: ${message}`, namespace);
  }
}

async function create({ dynalite, timeToLive }: Opened, { definition, timeToLiveAttribute }: TableConfig): Promise<void> {
  const { TableName } = definition;
  await run(dynalite, 'CreateTable', definition);
  while (!(await isActive(dynalite, TableName))) await setTimeout(1);
  if (timeToLiveAttribute !== undefined) {
    timeToLive.update(TableName, { AttributeName: timeToLiveAttribute, Enabled: true });
  }
}

async function isActive(dynalite: Dynalite, TableName: string): Promise<boolean> {
  const { Table } = (await run(dynalite, 'DescribeTable', { TableName })) as { Table: JsonObject };
  return Table.TableStatus === 'ACTIVE';
}

async function run(dynalite: Dynalite, operation: string, input: JsonObject): Promise<JsonObject> {
  if (!dynalite.has(operation)) throw notHere(`the operation ${operation} is`);
  if (input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD') {
    throw notHere("ReturnValuesOnConditionCheckFailure 'ALL_OLD' is", 'read the item after the condition failed, or ');
  }
  try {
    return await dynalite.run(operation, input);
  } catch (failure) {
    throw awsError(failure);
  }
}

function notHere(what: string, instead = ''): AwsError {
  const message = `${what} not supported by DynamoDB on this machine; ${instead}name another with --endpoint dynamodb=URL`;
  return new AwsError('ValidationException', message, 'com.amazon.coral.validate');
}

function awsError(failure: unknown): unknown {
  const { body, statusCode } = failure as Partial<DynaliteFailure>;
  if (body === undefined) return failure;
  const [namespace, name] = body.__type.split('#') as [string, string];
  return new AwsError(name, body.message ?? body.Message ?? '', namespace, statusCode);
}
