import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { checkErrorNames } from '../private/error-names';
import type { FallibleState } from '../private/fallible-state';
import { checkStatesAllIsLast, fallibleStates, isCustom, isJsonata } from '../private/fallible-state';
import { assumeJsonPath } from '../private/inherited-jsonata';
import { invalid } from '../private/invalid';
import { literalOf } from '../private/jsonata';

/** What a catch policy catches, and what the fallback is given. */
export interface CatchPolicyProps {
  /**
   * Names of the errors to catch, such as `States.Timeout` or a name of your own.
   *
   * `States.ALL` stands for every error but `States.Runtime`, which nothing catches; AWS takes it alone, in the last catcher
   * of a state. AWS's page excepts `States.DataLimitExceeded` as well, yet the service was recorded catching it by `States.ALL`
   * where the result of a Lambda function raised it.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
   *
   * @default - every error (`States.ALL`)
   */
  readonly errors?: string[];

  /** Where to go on: a state, chain or fragment. */
  readonly fallback: sfn.IChainable;

  /**
   * The field of the fallback's input that holds the error, as `{ "Error": name, "Cause": text }`: letters, digits and
   * underscores, no digit first.
   *
   * @default error
   */
  readonly errorField?: string;

  /**
   * Whether the fallback is given the failed state's input with the error added.
   *
   * An input that is no object is kept under the field `input` by a JSONata state; a JSONPath state cannot add to it and
   * fails with `States.ResultPathMatchFailure`.
   *
   * @default true - false gives the fallback the error alone
   */
  readonly keepInput?: boolean;
}

/**
 * One catcher of the Amazon States Language, for states of either query language.
 *
 * A state tries its catchers in the order in which they were added: apply the policy for `States.ALL` last.
 *
 * A state counts as JSONata if it was made so (`LambdaInvoke.jsonata(…)`, `queryLanguage`); a state that leaves the query
 * language to its machine counts as JSONPath, and fails synthesis in a JSONata machine unless the error alone is handed over.
 */
export class CatchPolicy {
  /**
   * Catches the errors named and goes on at the fallback.
   *
   * @throws if `States.ALL` stands beside other names, or `errorField` is no plain field name or goes with `keepInput: false`.
   */
  public static of(props: CatchPolicyProps): CatchPolicy {
    return new CatchPolicy(props);
  }

  private readonly errors: string[];
  private readonly errorField: string;

  private constructor(private readonly props: CatchPolicyProps) {
    this.errors = props.errors ?? [sfn.Errors.ALL];
    this.errorField = props.errorField ?? 'error';
    checkErrorNames(this.errors);
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(this.errorField)) {
      throw invalid('errorField', props.errorField, 'use a plain field name of letters, digits and underscores, as in error');
    }
    if (props.errorField !== undefined && props.keepInput === false) {
      throw invalid('errorField', props.errorField, 'with keepInput: false the error is the whole input: remove one of the two');
    }
  }

  /**
   * Adds the catcher to a state, or to each Task, Parallel, Map and custom state of a chain or fragment.
   *
   * The states inside a Parallel or Map keep theirs, and so do error handlers, what was chained behind the target, and the
   * fallback itself where the target leads to it.
   *
   * @throws if nothing in the target can catch, or a state catches `States.ALL` already.
   * @param target The state, chain or fragment
   */
  public applyTo(target: sfn.IChainable): void {
    const states = fallibleStates(target).filter((state) => state !== this.props.fallback.startState);
    if (states.length === 0) {
      throw invalid(
        'target',
        target.id,
        'apply a catch policy to a Task, Parallel, Map or custom state, or to a chain that holds one',
      );
    }
    for (const state of states) {
      checkStatesAllIsLast(state, 'Catch', this.errors);
      state.addCatch(this.props.fallback, { errors: this.errors, ...this.handover(state) });
    }
  }

  private handover(state: FallibleState): sfn.CatchProps {
    if (this.props.keepInput === false) {
      return {};
    }
    if (!isJsonata(state)) {
      assumeJsonPath(state);
      return { resultPath: `$.${this.errorField}` };
    }
    if (isCustom(state)) {
      const fix =
        'CDK renders no Output for a catcher of a JSONata custom state: set it to false, or write the Catch into stateJson';
      throw invalid('keepInput', true, fix, state);
    }
    const input = '$type($states.input) = "object" ? $states.input : {"input": $states.input}';
    return { outputs: `{% $merge([${input}, {${literalOf(this.errorField)}: $states.errorOutput}]) %}` };
  }
}
