import { s3Error } from './errors';

/** Text as a path or a header of S3 escapes it. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error('InvalidURI', "Couldn't parse the specified URI.");
  }
}
