import { compile, DefinitionError, type Problem } from '../../../engine';
import * as members from '../input/members';
import { integer, oneOf, structure } from '../input/shape';
import { checkDepth, JsonTextError } from '../json-text';
import { operation } from './operation';

const MAX_DIAGNOSTICS = 100;

export const ValidateStateMachineDefinition = operation(
  structure(
    { definition: members.definition },
    {
      type: members.machineType,
      // every problem that is found is an error, so both levels show all of them
      severity: oneOf('ERROR', 'WARNING'),
      maxResults: integer(0, MAX_DIAGNOSTICS),
    },
  ),
  (_states, { definition, type = 'STANDARD', maxResults }) => {
    const problems = problemsOf(definition, type);
    const limit = maxResults || MAX_DIAGNOSTICS;
    const diagnostics = problems.slice(0, limit).map(({ code, message, location }) => ({
      severity: 'ERROR',
      code,
      message,
      ...(location !== '' && { location }),
    }));
    return { result: problems.length === 0 ? 'OK' : 'FAIL', diagnostics, truncated: problems.length > limit };
  },
);

function problemsOf(definition: string, type: 'STANDARD' | 'EXPRESS'): readonly Problem[] {
  try {
    checkDepth(definition);
    compile(definition, { type });
    return [];
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    if (error instanceof JsonTextError) {
      return [{ code: 'INVALID_JSON_DESCRIPTION', location: '', message: error.message }];
    }
    throw error;
  }
}
