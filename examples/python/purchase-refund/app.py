import aws_cdk as cdk

from purchase_refund_stack import PurchaseRefundStack

app = cdk.App()
PurchaseRefundStack(app, "PurchaseRefund")
app.synth()
