import { invalidName, statesError } from './errors';

/** White space, brackets, wildcards, special and control characters, halves of surrogate pairs. */
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** Names of machines, executions and activities. */
export function checkName(name: string): void {
  if (FORBIDDEN.test(name)) throw invalidName(name);
}

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/;

export function checkRoleArn(arn: string): void {
  if (!ROLE_ARN.test(arn)) throw statesError('InvalidArn', `Invalid Role Arn: '${arn}'`);
}
