import type { JsonObject } from '../aws-service';

/** What dynalite throws, and hands to its callbacks: the body of the answer. */
export interface DynaliteFailure {
  readonly statusCode: number;
  readonly body: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

type Callback = (failure: unknown, output?: JsonObject) => void;

interface Store {
  readonly tableDb: { awsAccountId: string; awsRegion: string };
  readonly db: { close(): Promise<void> };
}

interface Database {
  create(options: { createTableMs: number; deleteTableMs: number; updateTableMs: number }): Store;
}

interface Validation {
  readonly types: object;
  readonly custom?: object;
}

interface Validations {
  checkTypes(data: object, types: object): object;
  checkValidations(data: object, types: object, custom: object | undefined, store: Store): void;
}

type Action = (store: Store, data: object, callback: Callback) => void;

/** dynalite without its HTTP server, which would end the process where an action fails. */
export class Dynalite {
  private readonly store: Store;
  private readonly validations: Validations;
  private readonly operations: { readonly [operation: string]: readonly [Action, Validation] };

  constructor(region: string, accountId: string) {
    this.validations = require('dynalite/validations');
    this.operations = loadOperations();
    const database: Database = require('dynalite/db');
    this.store = database.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    this.store.tableDb.awsRegion = region;
    this.store.tableDb.awsAccountId = accountId;
  }

  has(operation: string): boolean {
    return Object.hasOwn(this.operations, operation);
  }

  /** @throws DynaliteFailure */
  run(operation: string, input: JsonObject): Promise<JsonObject> {
    const [action, { types, custom }] = this.operations[operation]!;
    return new Promise((resolve, reject) => {
      // it deletes what it does not know from what it is given
      const data = this.validations.checkTypes(structuredClone(input), types);
      this.validations.checkValidations(data, types, custom, this.store);
      action(this.store, data, (failure, output) => (failure ? reject(failure) : resolve(output ?? {})));
    });
  }

  close(): Promise<void> {
    return this.store.db.close();
  }
}

/** Each is written out, so that a bundler finds it. */
function loadOperations(): { [operation: string]: readonly [Action, Validation] } {
  return {
    BatchGetItem: [require('dynalite/actions/batchGetItem'), require('dynalite/validations/batchGetItem')],
    BatchWriteItem: [require('dynalite/actions/batchWriteItem'), require('dynalite/validations/batchWriteItem')],
    CreateTable: [require('dynalite/actions/createTable'), require('dynalite/validations/createTable')],
    DeleteItem: [require('dynalite/actions/deleteItem'), require('dynalite/validations/deleteItem')],
    DeleteTable: [require('dynalite/actions/deleteTable'), require('dynalite/validations/deleteTable')],
    DescribeTable: [require('dynalite/actions/describeTable'), require('dynalite/validations/describeTable')],
    GetItem: [require('dynalite/actions/getItem'), require('dynalite/validations/getItem')],
    ListTables: [require('dynalite/actions/listTables'), require('dynalite/validations/listTables')],
    ListTagsOfResource: [require('dynalite/actions/listTagsOfResource'), require('dynalite/validations/listTagsOfResource')],
    PutItem: [require('dynalite/actions/putItem'), require('dynalite/validations/putItem')],
    Query: [require('dynalite/actions/query'), require('dynalite/validations/query')],
    Scan: [require('dynalite/actions/scan'), require('dynalite/validations/scan')],
    TagResource: [require('dynalite/actions/tagResource'), require('dynalite/validations/tagResource')],
    UntagResource: [require('dynalite/actions/untagResource'), require('dynalite/validations/untagResource')],
    UpdateItem: [require('dynalite/actions/updateItem'), require('dynalite/validations/updateItem')],
    UpdateTable: [require('dynalite/actions/updateTable'), require('dynalite/validations/updateTable')],
  };
}
