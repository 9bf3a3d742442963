// Stands for the payment provider, which knows a key it has seen and charges it once.
const attempts = new Map();

class PaymentProviderBusy extends Error {
  name = 'PaymentProviderBusy';
}

class CardDeclined extends Error {
  name = 'CardDeclined';
}

exports.processPurchase = async (message, context) => {
  console.log('Received message from Step Functions:', message);
  const key = context.clientContext.custom.idempotencyKey;
  const attempt = (attempts.get(key) ?? 0) + 1;
  attempts.set(key, attempt);
  if (message.Simulate === 'declined') throw new CardDeclined('the bank declined the card');
  if (message.Simulate === 'busy-once' && attempt === 1) throw new PaymentProviderBusy('nothing was charged, try again');
  return {
    TransactionType: message.TransactionType,
    Timestamp: new Date().toISOString(),
    Message: 'Hello from lambda land inside the ProcessPurchase function',
  };
};

exports.processRefund = async (message) => {
  console.log('Received message from Step Functions:', message);
  return {
    TransactionType: message.TransactionType,
    Timestamp: new Date().toISOString(),
    Message: 'Hello from Refund Processor!',
  };
};
