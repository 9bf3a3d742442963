import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { CatchPolicy } from '../error-handling/catch-policy';
import { RetryPolicy } from '../error-handling/retry-policy';
import { Fragment } from '../private/fragment';
import { invalid } from '../private/invalid';
import type { Branch } from './branch';
import { ChoiceRouter } from './choice-router';

/** The ways of a `PurchaseRefund`, and how errors on them are handled. */
export interface PurchaseRefundProps {
  /** What to do for `PURCHASE`. */
  readonly purchase: Branch;

  /** What to do for `REFUND`. */
  readonly refund: Branch;

  /**
   * Where to go for any other transaction type, and when there is none.
   *
   * @default - the execution fails with the error `UnknownChoice`, whose cause names the value and the routes
   */
  readonly otherwise?: sfn.IChainable;

  /**
   * The transaction type: a JSONata expression, read as the `on` of a `ChoiceRouter`.
   *
   * @default {% $states.input.TransactionType %}
   */
  readonly on?: string;

  /**
   * Retries of the functions invoked, in this order. An empty list retries nothing.
   *
   * Name errors after which the work may have been done (`RetryPolicy.transient()`) only if the function heeds the
   * idempotency key.
   *
   * @default - `RetryPolicy.throttling()`: errors which say that the function did not run
   */
  readonly retries?: RetryPolicy[];

  /**
   * Catchers of the functions invoked, in this order, tried once the retries are used up.
   *
   * @default - an error of a function fails the execution
   */
  readonly catches?: CatchPolicy[];

  /**
   * The idempotency key that reaches the functions: a JSONata expression which yields a number or a text, at most 2,600
   * characters after percent-encoding what is not printable ASCII. Where it yields neither, the state fails before its
   * function runs.
   *
   * Pass one of your own, such as an order number, where two executions may stand for the same transaction, as the default
   * differs between them; or where one execution enters the state twice with the same input and means two transactions (in a
   * loop, or for equal items of a Map inside a Map), as the default does not differ then.
   *
   * @default - the execution's ARN, the state's name, percent-encoded, in a Map the item's index, and the SHA-256 of the state's
   * input, joined with `#`. It is the same for all retries and after a redrive.
   */
  readonly idempotencyKey?: string;
}

// the context tells a Map's index, but not those of the Maps around it: the input tells their items apart
const DEFAULT_IDEMPOTENCY_KEY =
  '{% $states.context.Execution.Id & "#" & $encodeUrlComponent($states.context.State.Name)' +
  ' & ($exists($states.context.Map) ? "#" & $string($states.context.Map.Item.Index) : "")' +
  ' & "#" & $hash($string($states.input), "SHA-256") %}';

/**
 * Purchases or refunds, by the transaction type in the input: the states `ProcessTransaction` (a `ChoiceRouter`),
 * `ProcessPurchase` and `ProcessRefund`, prefixed with the construct id.
 *
 * A function's result is the output. Money moves once: retries cover only what was surely not done, and the functions get an
 * idempotency key that is the same on each attempt (see `Branch.invoke`).
 */
export class PurchaseRefund extends Fragment {
  /** The Choice state of the router. */
  public readonly startState: sfn.State;

  /** The ends of both branches and of `otherwise`. */
  public readonly endStates: sfn.INextable[];

  /** Chooses between the branches. */
  public readonly router: ChoiceRouter;

  /** @throws if `retries` or `catches` are given and neither branch invokes a function. */
  constructor(scope: Construct, id: string, props: PurchaseRefundProps) {
    super(scope, id);
    const options = { idempotencyKey: props.idempotencyKey ?? DEFAULT_IDEMPOTENCY_KEY };
    const purchase = props.purchase.bind(this, 'ProcessPurchase', options);
    const refund = props.refund.bind(this, 'ProcessRefund', options);
    const made = [purchase.task, refund.task].filter((task) => task !== undefined);
    for (const prop of ['retries', 'catches'] as const) {
      if (made.length === 0 && props[prop]?.length) {
        throw invalid(
          prop,
          `${props[prop].length} policies`,
          'no branch invokes a function: apply them to your own states',
          this,
        );
      }
    }
    for (const task of made) {
      for (const policy of [...(props.retries ?? [RetryPolicy.throttling()]), ...(props.catches ?? [])]) {
        policy.applyTo(task);
      }
    }
    this.router = new ChoiceRouter(this, 'ProcessTransaction', {
      on: props.on ?? '{% $states.input.TransactionType %}',
      routes: { PURCHASE: purchase.chain, REFUND: refund.chain },
      otherwise: props.otherwise,
    });
    this.prefixStates();

    this.startState = this.router.startState;
    this.endStates = this.router.endStates;
  }
}
