import type { Json } from '../../../engine';
import { statesError } from '../errors';
import * as members from '../input/members';
import { structure } from '../input/shape';
import { JsonTextError, parseJsonText } from '../json-text';
import { operation } from './operation';

export const SendTaskSuccess = operation(
  structure({ taskToken: members.taskToken, output: members.data }, {}),
  (states, { taskToken, output }) => {
    states.tokens.check(taskToken);
    states.tokens.succeed(taskToken, parseOutput(output));
    return {};
  },
);

export const SendTaskFailure = operation(
  structure({ taskToken: members.taskToken }, { error: members.error, cause: members.cause }),
  (states, { taskToken, error, cause }) => {
    states.tokens.fail(taskToken, error, cause);
    return {};
  },
);

export const SendTaskHeartbeat = operation(structure({ taskToken: members.taskToken }, {}), (states, { taskToken }) => {
  states.tokens.heartbeat(taskToken);
  return {};
});

function parseOutput(text: string): Json {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (error instanceof JsonTextError) throw statesError('InvalidOutput', `Invalid Output: '${error.message}'`);
    throw error;
  }
}
