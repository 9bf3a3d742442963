import { Token } from 'aws-cdk-lib';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { invalid } from '../private/invalid';
import { literalOf } from '../private/jsonata';

/** A value and the chain that a `ChoiceRouter` takes for it. Type and value must be equal: `1` is not `"1"`. */
export class Route {
  /**
   * Taken for exactly this text.
   *
   * @throws if the value is a token.
   */
  public static ofString(value: string, chain: sfn.IChainable): Route {
    return new Route(value, chain);
  }

  /**
   * Taken for this number. `1` and `1.0` are one.
   *
   * @throws if the value is a token, infinite or not a number.
   */
  public static ofNumber(value: number, chain: sfn.IChainable): Route {
    if (!Token.isUnresolved(value) && !Number.isFinite(value)) {
      throw invalid('value', value, 'route on a finite number');
    }
    return new Route(value, chain);
  }

  /**
   * Taken for `true`, or for `false`, and not for texts that read so.
   *
   * @throws if the value is a token.
   */
  public static ofBoolean(value: boolean, chain: sfn.IChainable): Route {
    return new Route(value, chain);
  }

  /** The value, as JSON. */
  public readonly literal: string;

  private constructor(
    value: string | number | boolean,
    /** Where to go on for the value. */
    public readonly chain: sfn.IChainable,
  ) {
    if (Token.isUnresolved(value)) {
      throw invalid('value', value, 'a route needs a literal: it becomes part of an expression before deployment');
    }
    this.literal = literalOf(value);
  }
}
