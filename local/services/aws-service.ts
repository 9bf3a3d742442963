import type { Json } from '../engine/host';

export type JsonObject = { readonly [member: string]: Json };

/**
 * One AWS service as a task or a program calls it: emulated in this process, or reached over HTTP.
 */
export interface AwsService {
  /** As the signature of a request names it, `--endpoint` and AWS_ENDPOINT_URL_<NAME> too: `dynamodb`, `sqs`, `events`. */
  readonly name: string;

  /**
   * Calls an operation by its name in the service's API, `PutItem`, with the members that the API documents.
   *
   * @throws AwsError with the service's own code
   */
  call(operation: string, input: JsonObject, signal?: AbortSignal): Promise<JsonObject>;
}
