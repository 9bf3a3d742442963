package com.example.purchaserefund;

import io.github.cdkworkflowpatterns.Branch;
import io.github.cdkworkflowpatterns.CatchPolicy;
import io.github.cdkworkflowpatterns.CatchPolicyProps;
import io.github.cdkworkflowpatterns.PurchaseRefundWorkflow;
import io.github.cdkworkflowpatterns.RetryPolicy;
import io.github.cdkworkflowpatterns.RetryPolicyProps;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.stepfunctions.Pass;
import software.amazon.awscdk.services.stepfunctions.PassJsonataProps;
import software.constructs.Construct;

public class PurchaseRefundStack extends Stack {
    private static final String HANDLERS = "../../handlers";

    public PurchaseRefundStack(final Construct scope, final String id) {
        super(scope, id);

        Function purchase = nodejs("ProcessPurchase", "index.processPurchase");
        Function refund = nodejs("ProcessRefund", "index.processRefund");
        Pass declined = Pass.jsonata(this, "CardDeclined", PassJsonataProps.builder()
                .outputs(Map.of("Message", "The card was declined, nothing was charged"))
                .build());

        PurchaseRefundWorkflow.Builder.create(this, "Orders")
                .purchase(Branch.invoke(purchase))
                .refund(Branch.invoke(refund))
                .retries(List.of(
                        RetryPolicy.throttling(),
                        RetryPolicy.of(RetryPolicyProps.builder()
                                .errors(List.of("PaymentProviderBusy"))
                                .interval(Duration.seconds(1))
                                .maxAttempts(2)
                                .build())))
                .catches(List.of(CatchPolicy.of(CatchPolicyProps.builder()
                        .errors(List.of("CardDeclined"))
                        .fallback(declined)
                        .build())))
                .build();

        PurchaseRefundWorkflow.Builder.create(this, "PythonOrders")
                .purchase(Branch.invoke(python("PythonProcessPurchase", "lambda_function.process_purchase")))
                .refund(Branch.invoke(python("PythonProcessRefund", "lambda_function.process_refund")))
                .build();
    }

    private Function nodejs(final String id, final String handler) {
        return Function.Builder.create(this, id)
                .runtime(Runtime.NODEJS_24_X)
                .code(Code.fromAsset(HANDLERS + "/nodejs"))
                .handler(handler)
                .build();
    }

    private Function python(final String id, final String handler) {
        return Function.Builder.create(this, id)
                .runtime(Runtime.PYTHON_3_14)
                .code(Code.fromAsset(HANDLERS + "/python"))
                .handler(handler)
                .build();
    }
}
