from __future__ import print_function
import datetime

print('Loading function...')


def process_purchase(message, context):
    # Input Example
    # {'TransactionType': 'PURCHASE'}
    # 1. Log input message
    print("Received message from Step Functions: ")
    print(message)

    # 2. Construct response object
    response = {}
    response['TransactionType'] = message['TransactionType']
    response['Timestamp'] = datetime.datetime.now().strftime("%Y-%m-%d %H-%M-%S")
    response['Message'] = 'Hello from lambda land inside the ProcessPurchase function'

    return response


def process_refund(message, context):

    # 1. Log input message
    print('Received message from Step Function:')
    print(message)

    # 2. Construct response
    response = {}
    response['TransactionType'] = message['TransactionType']
    response['Timestamp'] = datetime.datetime.now().strftime("%Y-%m-%d %H:%M:%S")
    response['Message'] = 'Hello from Refund Processor!'

    # 3. Return response
    print(response)

    return (response)
