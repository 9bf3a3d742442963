package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsstepfunctions"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	patterns "github.com/cdk-workflow-patterns/cdk-workflow-patterns-go/cdkworkflowpatterns"
)

const handlers = "../../handlers"

func NewPurchaseRefundStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)

	purchase := nodejs(stack, "ProcessPurchase", "index.processPurchase")
	refund := nodejs(stack, "ProcessRefund", "index.processRefund")
	declined := awsstepfunctions.Pass_Jsonata(stack, jsii.String("CardDeclined"), &awsstepfunctions.PassJsonataProps{
		Outputs: map[string]string{"Message": "The card was declined, nothing was charged"},
	})

	patterns.NewPurchaseRefundWorkflow(stack, jsii.String("Orders"), &patterns.PurchaseRefundWorkflowProps{
		Purchase: patterns.Branch_Invoke(purchase, nil),
		Refund:   patterns.Branch_Invoke(refund, nil),
		Retries: &[]patterns.RetryPolicy{
			patterns.RetryPolicy_Throttling(nil),
			patterns.RetryPolicy_Of(&patterns.RetryPolicyProps{
				Errors:      jsii.Strings("PaymentProviderBusy"),
				Interval:    awscdk.Duration_Seconds(jsii.Number(1)),
				MaxAttempts: jsii.Number(2),
			}),
		},
		Catches: &[]patterns.CatchPolicy{
			patterns.CatchPolicy_Of(&patterns.CatchPolicyProps{
				Errors:   jsii.Strings("CardDeclined"),
				Fallback: declined,
			}),
		},
	})

	patterns.NewPurchaseRefundWorkflow(stack, jsii.String("PythonOrders"), &patterns.PurchaseRefundWorkflowProps{
		Purchase: patterns.Branch_Invoke(python(stack, "PythonProcessPurchase", "lambda_function.process_purchase"), nil),
		Refund:   patterns.Branch_Invoke(python(stack, "PythonProcessRefund", "lambda_function.process_refund"), nil),
	})

	return stack
}

func nodejs(scope constructs.Construct, id string, handler string) awslambda.Function {
	return awslambda.NewFunction(scope, &id, &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_24_X(),
		Code:    awslambda.Code_FromAsset(jsii.String(handlers+"/nodejs"), nil),
		Handler: &handler,
	})
}

func python(scope constructs.Construct, id string, handler string) awslambda.Function {
	return awslambda.NewFunction(scope, &id, &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_PYTHON_3_14(),
		Code:    awslambda.Code_FromAsset(jsii.String(handlers+"/python"), nil),
		Handler: &handler,
	})
}

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	NewPurchaseRefundStack(app, "PurchaseRefund")
	app.Synth(nil)
}
