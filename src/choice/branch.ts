import type { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { invalid } from '../private/invalid';
import { expressionOf } from '../private/jsonata';

/** How a branch invokes its function. */
export interface BranchInvokeOptions {
  /**
   * What the function is given: literals and JSONata expressions, as in `{% $states.input.order %}`. `JsonPath` has no place
   * in it, as the task is written in JSONata whatever its machine is.
   *
   * @default - the state's input
   */
  readonly payload?: sfn.TaskInput;

  /**
   * How long to wait for the function, in whole seconds. The state fails with `States.Timeout` then.
   *
   * @default - no limit of the state's own: the timeout of the function ends it
   */
  readonly timeout?: Duration;
}

/** What a pattern tells a branch. */
export interface BranchBindOptions {
  /** JSONata expression between `{%` and `%}`, whose value is the same for each attempt of one piece of work. */
  readonly idempotencyKey: string;
}

/** What a branch tells its pattern. */
export interface BranchConfig {
  /** The states of the branch. */
  readonly chain: sfn.IChainable;

  /**
   * The state that was made for the branch: the pattern adds its retries and catches to it.
   *
   * @default - none was made; the states of the branch handle errors as they are
   */
  readonly task?: sfn.State;
}

/** What a pattern does on one of its ways: a Lambda function, or states of your own. */
export abstract class Branch {
  /**
   * Invokes a Lambda function and goes on with what it returns.
   *
   * The function finds an idempotency key in its context, so that its event stays as it is. Node.js:
   * `context.clientContext.custom.idempotencyKey`; Python: `context.client_context.custom['idempotencyKey']`; Java:
   * `context.getClientContext().getCustom().get("idempotencyKey")`.
   *
   * The state is a `LambdaInvoke` written in JSONata. It retries nothing but what the pattern adds.
   *
   * @throws if the payload refers to a JSONPath.
   * @param fn The function, a version or an alias
   */
  public static invoke(fn: lambda.IFunction, options: BranchInvokeOptions = {}): Branch {
    return new InvokeBranch(fn, options);
  }

  /**
   * Goes on at a state, chain or fragment, of either query language. It keeps its own names, retries and catchers.
   *
   * @param chainable The state, chain or fragment
   */
  public static chain(chainable: sfn.IChainable): Branch {
    return new ChainBranch(chainable);
  }

  /**
   * Called by the pattern, once for each place that the branch has in it.
   *
   * @param scope The pattern
   * @param id The construct id, and name without the pattern's prefix, of a state that is made
   * @param options What the pattern tells the branch
   */
  public abstract bind(scope: Construct, id: string, options: BranchBindOptions): BranchConfig;
}

class InvokeBranch extends Branch {
  constructor(
    private readonly fn: lambda.IFunction,
    private readonly options: BranchInvokeOptions,
  ) {
    super();
    refuseJsonPath(options.payload);
  }

  public bind(scope: Construct, id: string, options: BranchBindOptions): BranchConfig {
    const { payload, timeout } = this.options;
    const task = tasks.LambdaInvoke.jsonata(scope, id, {
      lambdaFunction: this.fn,
      payload: payload ?? sfn.TaskInput.fromText('{% $states.input %}'),
      clientContext: clientContext(options.idempotencyKey, scope),
      outputs: '{% $states.result.Payload %}',
      taskTimeout: timeout && sfn.Timeout.duration(timeout),
      retryOnServiceExceptions: false,
    });
    return { chain: task, task };
  }
}

class ChainBranch extends Branch {
  constructor(private readonly chainable: sfn.IChainable) {
    super();
  }

  public bind(): BranchConfig {
    return { chain: this.chainable };
  }
}

/** A JSONata task would hand the path itself to the function. */
function refuseJsonPath(payload: sfn.TaskInput | undefined): void {
  const [path] = sfn.FieldUtils.findReferencedPaths({ payload: payload?.value });
  if (path) {
    const expression = path.replace(/^\$\$/, '$states.context').replace(/^\$(?!states\b)/, '$states.input');
    throw invalid('payload', path, `the task is written in JSONata: write {% ${expression} %}`);
  }
}

/**
 * Base64 of `{"custom":{"idempotencyKey":"…"}}`, which Lambda takes up to 3,583 bytes of: a key of 2,600 printable ASCII
 * characters fits. $base64encode takes Latin-1 alone, so whatever is not ASCII is percent-encoded. A missing key fails the
 * state: a function that expects one must not run without.
 */
function clientContext(idempotencyKey: string, at: Construct): string {
  const key = expressionOf('idempotencyKey', idempotencyKey, at);
  const ascii = '$replace($string($key), /[^ -~]+/, function($match) { $encodeUrlComponent($match.match) })';
  const context = `$base64encode($string({"custom": {"idempotencyKey": ${ascii}}}))`;
  const usable = '$type($key) in ["string", "number"] and $key != ""';
  return `{% ($key := ${key}; ${usable} ? ${context} : $error("idempotencyKey yields neither text nor a number")) %}`;
}
