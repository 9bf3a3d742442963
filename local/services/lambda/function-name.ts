import { LambdaServiceError } from './service-error';

export interface FunctionReference {
  readonly name: string;
  readonly qualifier?: string;
  readonly partition?: string;
  readonly region?: string;
  readonly accountId?: string;
}

// name, name:qualifier, account:function:name[:qualifier] or arn:partition:lambda:region:account:function:name[:qualifier]
const FORMS =
  /^(?:arn:(?<partition>aws[a-zA-Z-]*):lambda:(?<region>[a-z0-9-]+):(?=\d{12}:))?(?:(?<accountId>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

/** Reads any of the forms in which Lambda lets a function be named; undefined for anything else. */
export function parseFunctionName(text: string): FunctionReference | undefined {
  const groups = FORMS.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { name, qualifier, partition, region, accountId } = groups;
  return { name: name!, qualifier, partition, region, accountId };
}

/** What Lambda answers for a function that is not there, or cannot be. */
export function functionNotFound(
  text: string,
  here: { readonly region: string; readonly accountId: string },
): LambdaServiceError {
  const reference = parseFunctionName(text);
  if (reference === undefined) {
    return new LambdaServiceError(
      'ValidationException',
      400,
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ` +
        '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?',
    );
  }
  const { name, qualifier, region = here.region, accountId = here.accountId } = reference;
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`;
  return new LambdaServiceError('ResourceNotFoundException', 404, `Function not found: ${arn}`);
}
