import type { IncomingMessage } from 'node:http';

/** What the signature of a request is for. Nothing here checks signatures. */
export interface SignatureScope {
  readonly region: string;
  /** Such as `dynamodb`, `sns`, `s3`, `ses`. */
  readonly service: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html */
const SCOPE =
  /(?:Credential=|X-Amz-Credential=)[^/%,&\s]+(?:\/|%2F)\d{8}(?:\/|%2F)([a-z0-9-]+)(?:\/|%2F)([a-z0-9-]+)(?:\/|%2F)aws4_request/i;

/** Undefined for requests that are not signed. */
export function signatureScope({ headers, url = '' }: IncomingMessage): SignatureScope | undefined {
  const [, region, service] = SCOPE.exec(headers.authorization ?? url) ?? [];
  return region === undefined ? undefined : { region, service: service! };
}
