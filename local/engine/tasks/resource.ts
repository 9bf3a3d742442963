/** What a Task state's Resource names, and how its events are called. */
export interface Resource {
  readonly kind: 'lambda' | 'activity' | 'service';
  readonly arn: string;
  /** As events name it: `invoke`, or the ARN of a function or an activity. */
  readonly action: string;
  /** As events name it: `lambda`, `aws-sdk:s3`; absent for functions and activities. */
  readonly type?: string;
  readonly pattern: 'requestResponse' | 'sync' | 'waitForTaskToken';
}

/** Undefined for what is not the ARN of a resource. */
export function parseResource(arn: string): Resource | undefined {
  if (/^arn:[^:]+:lambda:[^:]*:[^:]*:function:.+/.test(arn))
    return { kind: 'lambda', arn, action: arn, pattern: 'requestResponse' };
  if (/^arn:[^:]+:states:[^:]+:[^:]+:activity:.+/.test(arn))
    return { kind: 'activity', arn, action: arn, pattern: 'requestResponse' };
  const service = /^arn:[^:]+:states:[^:]*:[^:]*:(.+):([^:.]+(?:\.sync(?::2)?|\.waitForTaskToken)?)$/.exec(arn);
  if (service === null) return undefined;
  const [, type, action] = service;
  const pattern = action.endsWith('.waitForTaskToken')
    ? 'waitForTaskToken'
    : action.includes('.sync')
      ? 'sync'
      : 'requestResponse';
  return { kind: 'service', arn, action, type, pattern };
}
