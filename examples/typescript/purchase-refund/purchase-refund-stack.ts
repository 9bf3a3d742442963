import { join } from 'node:path';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Branch, CatchPolicy, PurchaseRefundWorkflow, RetryPolicy } from 'cdk-workflow-patterns';
import type { Construct } from 'constructs';

const handlers = join(__dirname, '..', '..', 'handlers');

export class PurchaseRefundStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const purchase = this.nodejs('ProcessPurchase', 'index.processPurchase');
    const refund = this.nodejs('ProcessRefund', 'index.processRefund');
    const declined = sfn.Pass.jsonata(this, 'CardDeclined', {
      outputs: { Message: 'The card was declined, nothing was charged' },
    });

    new PurchaseRefundWorkflow(this, 'Orders', {
      purchase: Branch.invoke(purchase),
      refund: Branch.invoke(refund),
      retries: [
        RetryPolicy.throttling(),
        RetryPolicy.of({ errors: ['PaymentProviderBusy'], interval: Duration.seconds(1), maxAttempts: 2 }),
      ],
      catches: [CatchPolicy.of({ errors: ['CardDeclined'], fallback: declined })],
    });

    new PurchaseRefundWorkflow(this, 'PythonOrders', {
      purchase: Branch.invoke(this.python('PythonProcessPurchase', 'lambda_function.process_purchase')),
      refund: Branch.invoke(this.python('PythonProcessRefund', 'lambda_function.process_refund')),
    });
  }

  private nodejs(id: string, handler: string): lambda.Function {
    return new lambda.Function(this, id, {
      runtime: lambda.Runtime.NODEJS_24_X,
      code: lambda.Code.fromAsset(join(handlers, 'nodejs')),
      handler,
    });
  }

  private python(id: string, handler: string): lambda.Function {
    return new lambda.Function(this, id, {
      runtime: lambda.Runtime.PYTHON_3_14,
      code: lambda.Code.fromAsset(join(handlers, 'python')),
      handler,
    });
  }
}
