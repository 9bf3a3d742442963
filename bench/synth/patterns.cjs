const { Branch, PurchaseRefundWorkflow } = require('cdk-workflow-patterns');

exports.addWorkflow = (stack, id, purchase, refund) =>
  new PurchaseRefundWorkflow(stack, id, { purchase: Branch.invoke(purchase), refund: Branch.invoke(refund) });
