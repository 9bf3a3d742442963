import { TestStateRefusal, testState } from '../../../engine';
import { statesError } from '../errors';
import * as members from '../input/members';
import { flag, integer, oneOf, structure, text } from '../input/shape';
import { checkDepth, JsonTextError } from '../json-text';
import { checkRoleArn } from '../names';
import { operation } from './operation';

const stateName = text({ min: 1, max: 80, sensitive: true });

const mock = structure(
  {},
  {
    result: members.data,
    errorOutput: structure({}, { error: members.error, cause: members.cause }),
    fieldValidationMode: oneOf('STRICT', 'PRESENT', 'NONE'),
  },
);

const stateConfiguration = structure(
  {},
  {
    retrierRetryCount: integer(0, Number.MAX_SAFE_INTEGER),
    errorCausedByState: stateName,
    mapIterationFailureCount: integer(0, Number.MAX_SAFE_INTEGER),
    mapItemReaderData: members.data,
  },
);

export const TestState = operation(
  structure(
    { definition: members.definition },
    {
      roleArn: members.arn,
      input: members.data,
      inspectionLevel: oneOf('INFO', 'DEBUG', 'TRACE'),
      revealSecrets: flag,
      variables: members.data,
      context: members.data,
      stateName,
      mock,
      stateConfiguration,
    },
  ),
  async ({ host, region, accountId }, request) => {
    if (request.roleArn !== undefined) checkRoleArn(request.roleArn);
    try {
      checkDepth(request.definition);
      for (const text of [request.input, request.variables, request.context, request.mock?.result]) checkDepth(text ?? '');
      return await testState(request, { host, region, account: accountId });
    } catch (error) {
      if (error instanceof TestStateRefusal) throw statesError(error.code, error.message);
      if (error instanceof JsonTextError) throw statesError('ValidationException', error.message);
      throw error;
    }
  },
);
