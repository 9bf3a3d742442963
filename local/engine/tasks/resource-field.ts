import type { Fields } from '../definition/fields';
import { parseResource, type Resource } from './resource';

const UNKNOWN: Resource = { kind: 'service', arn: '', action: '', pattern: 'requestResponse' };

/** Reads Resource; Express does not wait for anything outside. */
export function compileResource(fields: Fields): Resource {
  fields.require('Resource');
  const arn = fields.string('Resource');
  if (arn === undefined) return UNKNOWN;
  const resource = parseResource(arn);
  if (resource === undefined) {
    fields.complain('Value is not a valid resource ARN', 'Resource');
    return UNKNOWN;
  }
  if (fields.compilation.type === 'EXPRESS') refuseWaiting(fields, resource);
  return resource;
}

function refuseWaiting(fields: Fields, { kind, pattern }: Resource): void {
  const message = 'Express state machine does not support';
  if (kind === 'activity') fields.complain(`${message} Activity ARN`, 'Resource');
  if (pattern === 'sync') fields.complain(`${message} '.sync' service integration`, 'Resource');
  if (pattern === 'waitForTaskToken') fields.complain(`${message} '.waitForTaskToken' service integration `, 'Resource'); // AWS's own space
}
