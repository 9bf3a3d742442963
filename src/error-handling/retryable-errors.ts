// Step Functions matches names to the letter. AWS SDK integrations name errors `Service.NameException`, with a service name in
// Pascal case (`DynamoDb`); each optimized integration has a prefix of its own (`DynamoDB`).
// https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html

/**
 * AWS: "Error codes are reserved for errors that prevent your function from executing"; of these, the ones that pass.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 */
export const LAMBDA_NOT_RUN = [
  'Lambda.TooManyRequestsException',
  'Lambda.EC2ThrottledException',
  'Lambda.ENILimitReachedException',
  'Lambda.ENINotReadyException',
  'Lambda.SubnetIPAddressLimitReachedException',
  'Lambda.ResourceNotReadyException',
  'Lambda.SnapStartNotReadyException',
];

/** https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html */
export const LAMBDA_PERHAPS_RUN = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
];

/**
 * Requests that DynamoDB denies for their rate. Missing are `InternalServerError`, after which an item may have changed, and
 * what the optimized integration makes of the other two names, which AWS does not document.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html#API_PutItem_Errors
 */
export const DYNAMODB_THROTTLED = [
  'DynamoDB.ProvisionedThroughputExceededException',
  'DynamoDb.ProvisionedThroughputExceededException',
  'DynamoDb.RequestLimitExceededException',
  'DynamoDb.ThrottlingException',
];

/**
 * RunTask failed for want of capacity, or answered with failures in place of a task.
 * https://repost.aws/knowledge-center/ecs-fargate-runtask-capacity
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 */
export const ECS_NOT_PLACED = ['ECS.AmazonECSException', 'AmazonECS.Unknown'];
