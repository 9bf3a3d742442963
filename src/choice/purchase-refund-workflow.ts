import type { Construct } from 'constructs';
import { Workflow } from '../workflow/workflow';
import type { WorkflowProps } from '../workflow/workflow-props';
import type { PurchaseRefundProps } from './purchase-refund';
import { PurchaseRefund } from './purchase-refund';

/** A `PurchaseRefund` and the state machine around it. */
export interface PurchaseRefundWorkflowProps extends PurchaseRefundProps, WorkflowProps {}

/**
 * A state machine that purchases or refunds, by the `TransactionType` in its input: a `PurchaseRefund` with logs, alarms and a
 * role that may invoke the two functions and no other.
 *
 * An Express execution may run more than once (asynchronous) or be started again by its caller (synchronous): pass an
 * `idempotencyKey` of the transaction's own there.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
 */
export class PurchaseRefundWorkflow extends Workflow {
  /** The states of the machine. */
  public readonly purchaseRefund: PurchaseRefund;

  constructor(scope: Construct, id: string, props: PurchaseRefundWorkflowProps) {
    super(scope, id);
    this.purchaseRefund = new PurchaseRefund(this, 'PurchaseRefund', props);
    this.define(this.purchaseRefund, props);
  }
}
