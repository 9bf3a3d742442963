import { App } from 'aws-cdk-lib';
import { PurchaseRefundStack } from './purchase-refund-stack';

const app = new App();
new PurchaseRefundStack(app, 'PurchaseRefund');
app.synth();
