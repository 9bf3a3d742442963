import { Token } from 'aws-cdk-lib';
import { Errors } from 'aws-cdk-lib/aws-stepfunctions';
import { invalid } from './invalid';

/** Refuses lists of error names that AWS refuses, or that cannot be checked. */
export function checkErrorNames(errors: string[]): void {
  if (Token.isUnresolved(errors) || errors.some((name) => Token.isUnresolved(name))) {
    throw invalid('errors', errors, 'name errors literally: the place of States.ALL is checked at synth');
  }
  if (errors.length === 0 || errors.includes('')) {
    throw invalid('errors', errors, 'name at least one error, none of them empty');
  }
  if (errors.length > 1 && errors.includes(Errors.ALL)) {
    throw invalid('errors', errors, 'States.ALL must appear alone: remove it or the other names');
  }
}
