import { statesError } from '../errors';
import { redrive } from '../executions/describe';
import * as members from '../input/members';
import { structure, text } from '../input/shape';
import { operation } from './operation';

/** How long, and of how many redrives, AWS remembers the client token. */
const TOKEN_MILLISECONDS = 15 * 60 * 1000;
const REMEMBERED_TOKENS = 10;

export const RedriveExecution = operation(
  structure({ executionArn: members.arn }, { clientToken: text({ min: 1, max: 64, pattern: '[!-~]+' }) }),
  (states, { executionArn, clientToken }) => {
    const record = states.executions.get(executionArn);
    const now = states.clock.now();
    const known = record.redriveTokens.filter(({ date }) => now - date <= TOKEN_MILLISECONDS);
    const before = known.find(({ token }) => token === clientToken);
    if (before !== undefined) return { redriveDate: before.date / 1000 };
    const { redriveStatus, redriveStatusReason } = redrive(record) ?? {};
    if (redriveStatus !== 'REDRIVABLE') {
      const reason = redriveStatusReason ?? 'Execution is redriven by its Map Run';
      throw statesError('ExecutionNotRedrivable', `Execution Not Redrivable: '${reason}'`);
    }
    states.executor.redrive(record);
    if (clientToken !== undefined) {
      record.redriveTokens = [...known, { token: clientToken, date: now }].slice(-REMEMBERED_TOKENS);
    }
    return { redriveDate: now / 1000 };
  },
);
