from pathlib import Path

from aws_cdk import Duration, Stack
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_stepfunctions as sfn
from cdk_workflow_patterns import Branch, CatchPolicy, PurchaseRefundWorkflow, RetryPolicy
from constructs import Construct

HANDLERS = Path(__file__).resolve().parents[2] / "handlers"


class PurchaseRefundStack(Stack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        purchase = self._nodejs("ProcessPurchase", "index.processPurchase")
        refund = self._nodejs("ProcessRefund", "index.processRefund")
        declined = sfn.Pass.jsonata(
            self,
            "CardDeclined",
            outputs={"Message": "The card was declined, nothing was charged"},
        )

        PurchaseRefundWorkflow(
            self,
            "Orders",
            purchase=Branch.invoke(purchase),
            refund=Branch.invoke(refund),
            retries=[
                RetryPolicy.throttling(),
                RetryPolicy.of(errors=["PaymentProviderBusy"], interval=Duration.seconds(1), max_attempts=2),
            ],
            catches=[CatchPolicy.of(errors=["CardDeclined"], fallback=declined)],
        )

        PurchaseRefundWorkflow(
            self,
            "PythonOrders",
            purchase=Branch.invoke(self._python("PythonProcessPurchase", "lambda_function.process_purchase")),
            refund=Branch.invoke(self._python("PythonProcessRefund", "lambda_function.process_refund")),
        )

    def _nodejs(self, construct_id: str, handler: str) -> lambda_.Function:
        return lambda_.Function(
            self,
            construct_id,
            runtime=lambda_.Runtime.NODEJS_24_X,
            code=lambda_.Code.from_asset(str(HANDLERS / "nodejs")),
            handler=handler,
        )

    def _python(self, construct_id: str, handler: str) -> lambda_.Function:
        return lambda_.Function(
            self,
            construct_id,
            runtime=lambda_.Runtime.PYTHON_3_14,
            code=lambda_.Code.from_asset(str(HANDLERS / "python")),
            handler=handler,
        )
