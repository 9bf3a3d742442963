import type { Json } from '../engine/host';

export type JsonObject = { readonly [member: string]: Json };

/**
 * One AWS service as a task or a program calls it: emulated in this process, or reached over HTTP.
 */
export interface AwsService {
  /** As the signature of a request names it: `dynamodb`, `sqs`, `events`. */
  readonly name: string;
  /**
   * As the SDK for Java writes it, which `aws-sdk` integrations put before errors: `SecretsManager`.
   *
   * @default - the name with a capital letter
   */
  readonly product?: string;

  /** What is missing to call it, and how to supply it. @default - nothing */
  readonly problem?: string;

  /**
   * Calls an operation by its name in the service's API, `PutItem`, with the members that the API documents.
   *
   * @throws AwsError with the service's own code
   */
  call(operation: string, input: JsonObject, signal?: AbortSignal): Promise<JsonObject>;
}
