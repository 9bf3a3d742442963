import { Duration, Token } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { checkErrorNames } from '../private/error-names';
import { checkStatesAllIsLast, fallibleStates } from '../private/fallible-state';
import { invalid } from '../private/invalid';
import { DYNAMODB_THROTTLED, ECS_NOT_PLACED, LAMBDA_NOT_RUN, LAMBDA_PERHAPS_RUN } from './retryable-errors';

/**
 * When and how often to retry.
 *
 * Durations are whole seconds, as in the Amazon States Language.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export interface RetryOptions {
  /**
   * The wait before the first retry: 1 to 99,999,999 seconds.
   *
   * @default - one second, AWS's default; the presets say theirs
   */
  readonly interval?: Duration;

  /**
   * The number of retries: 0 (never) to 99,999,999.
   *
   * @default - three, AWS's default; the presets say theirs
   */
  readonly maxAttempts?: number;

  /**
   * The factor by which the wait grows at each retry: 1 or more.
   *
   * @default - two, AWS's default; the presets say theirs
   */
  readonly backoffRate?: number;

  /**
   * The longest wait between two attempts: more than the interval, at most 31,622,400 seconds.
   *
   * @default - the wait grows without a limit; in the presets one minute, or twice an interval of more than half a minute
   */
  readonly maxDelay?: Duration;

  /**
   * Whether the wait is a random time up to what interval, back-off and limit make of it.
   *
   * @default - no jitter; the presets use JitterType.FULL
   */
  readonly jitter?: sfn.JitterType;
}

/** What a retry policy retries, and how. */
export interface RetryPolicyProps extends RetryOptions {
  /**
   * Names of the errors to retry, such as `Lambda.TooManyRequestsException` or a name of your own.
   *
   * `States.ALL` stands for every error; AWS takes it alone, in the last retrier of a state. AWS SDK integrations name errors
   * `Service.NameException`, both parts in Pascal case, as in `S3.NoSuchKeyException`.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
   */
  readonly errors: string[];
}

// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error
// "a maximum value of 99999999" for IntervalSeconds and MaxAttempts, "less than 31622401" for MaxDelaySeconds
const MOST_SECONDS = 99_999_999;
const MOST_ATTEMPTS = 99_999_999;
const MOST_DELAY_SECONDS = 31_622_400;

/**
 * One retrier of the Amazon States Language, checked against AWS's limits when it is made.
 *
 * A state tries its retriers in the order in which they were added: apply the policy for `States.ALL` last.
 */
export class RetryPolicy {
  /**
   * Retries the errors named, with AWS's defaults for whatever is left out.
   *
   * @throws if a number lies outside AWS's limits, or `States.ALL` stands beside other names.
   */
  public static of(props: RetryPolicyProps): RetryPolicy {
    return new RetryPolicy(props);
  }

  /**
   * Retries what Lambda refused before the function ran (throttling, a network interface or a snapshot not ready yet),
   * so that work which must happen once can be retried too.
   *
   * Six times, after 2, 4, 8, 16, 32 and 60 seconds at most, with full jitter.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
   * @param options What to do otherwise
   */
  public static throttling(options: RetryOptions = {}): RetryPolicy {
    return RetryPolicy.preset(LAMBDA_NOT_RUN, options);
  }

  /**
   * Retries what `throttling` does and the errors of the Lambda service and its client after which the function may have run:
   * for work that may happen twice.
   *
   * Six times, after 2, 4, 8, 16, 32 and 60 seconds at most, with full jitter. CDK's own retry of service exceptions
   * (`retryOnServiceExceptions`) lacks `Lambda.TooManyRequestsException`; turn it off where this one is applied.
   *
   * In Java, where `transient` is a keyword, it is `doTransient`.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
   * @param options What to do otherwise
   */
  public static transient(options: RetryOptions = {}): RetryPolicy {
    return RetryPolicy.preset([...LAMBDA_NOT_RUN, ...LAMBDA_PERHAPS_RUN], options);
  }

  /**
   * Retries requests to DynamoDB that it denied for their rate, so that nothing was read or written: of the tasks
   * `DynamoPutItem` and the like, and of AWS SDK integrations.
   *
   * Six times, after 2, 4, 8, 16, 32 and 60 seconds at most, with full jitter.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
   * @param options What to do otherwise
   */
  public static dynamoDbThrottling(options: RetryOptions = {}): RetryPolicy {
    return RetryPolicy.preset(DYNAMODB_THROTTLED, options);
  }

  /**
   * Retries `EcsRunTask` where ECS started no task, for want of capacity most often. A task that started and stopped with an
   * error fails with `States.TaskFailed` and is not retried.
   *
   * AWS gives failures that stay, such as an attribute which no container instance has, the same names: they are retried too.
   * A custom state that asks for several tasks at once (`Count`) may have got some of them.
   *
   * Six times, after 2, 4, 8, 16, 32 and 60 seconds at most, with full jitter.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
   * @param options What to do otherwise
   */
  public static ecsPlacement(options: RetryOptions = {}): RetryPolicy {
    return RetryPolicy.preset(ECS_NOT_PLACED, options);
  }

  private static preset(errors: string[], options: RetryOptions): RetryPolicy {
    const interval = options.interval ?? Duration.seconds(2);
    return new RetryPolicy({
      errors,
      interval,
      maxAttempts: options.maxAttempts ?? 6,
      backoffRate: options.backoffRate ?? 2,
      maxDelay: options.maxDelay ?? longestDelay(interval),
      jitter: options.jitter ?? sfn.JitterType.FULL,
    });
  }

  private constructor(private readonly props: RetryPolicyProps) {
    checkErrorNames(props.errors);
    const interval = checkSeconds('interval', props.interval, MOST_SECONDS) ?? 1;
    const maxDelay = checkSeconds('maxDelay', props.maxDelay, MOST_DELAY_SECONDS);
    if (maxDelay !== undefined && maxDelay <= interval) {
      throw invalid('maxDelay', `${maxDelay} seconds`, `it must be longer than the interval of ${interval} seconds`);
    }
    const { maxAttempts, backoffRate } = props;
    if (isKnown(maxAttempts) && !(Number.isInteger(maxAttempts) && maxAttempts >= 0 && maxAttempts <= MOST_ATTEMPTS)) {
      throw invalid('maxAttempts', maxAttempts, `use a whole number from 0 to ${MOST_ATTEMPTS}`);
    }
    if (isKnown(backoffRate) && !(Number.isFinite(backoffRate) && backoffRate >= 1)) {
      throw invalid('backoffRate', backoffRate, 'use a number of 1 or more');
    }
  }

  /**
   * Adds the retrier to a state, or to each Task, Parallel, Map and custom state of a chain or fragment.
   *
   * The states inside a Parallel or Map keep theirs, and so do error handlers and what was chained behind the target.
   *
   * @throws if nothing in the target can retry, or a state retries `States.ALL` already.
   * @param target The state, chain or fragment
   */
  public applyTo(target: sfn.IChainable): void {
    const states = fallibleStates(target);
    if (states.length === 0) {
      throw invalid(
        'target',
        target.id,
        'apply a retry policy to a Task, Parallel, Map or custom state, or to a chain that holds one',
      );
    }
    const { errors, interval, maxAttempts, backoffRate, maxDelay, jitter } = this.props;
    for (const state of states) {
      checkStatesAllIsLast(state, 'Retry', errors);
      state.addRetry({ errors, interval, maxAttempts, backoffRate, maxDelay, jitterStrategy: jitter });
    }
  }
}

/** AWS takes only a limit above the interval. */
function longestDelay(interval: Duration): Duration {
  const seconds = interval.isUnresolved() ? 0 : interval.toSeconds({ integral: false });
  return Duration.seconds(Math.max(60, 2 * seconds));
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && !Token.isUnresolved(value);
}

function checkSeconds(prop: string, duration: Duration | undefined, most: number): number | undefined {
  if (!duration || duration.isUnresolved()) {
    return undefined;
  }
  const seconds = duration.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > most) {
    throw invalid(prop, `${seconds} seconds`, `use whole seconds from 1 to ${most}`);
  }
  return seconds;
}
