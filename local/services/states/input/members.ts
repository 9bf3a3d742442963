import { flag, integer, list, oneOf, structure, text } from './shape';

/** The members that several operations share, by AWS's limits. */
export const arn = text({ min: 1, max: 256 });
export const longArn = text({ min: 1, max: 2000 });
export const name = text({ min: 1, max: 80 });
export const definition = text({ min: 1, max: 1_048_576, sensitive: true });
export const description = text({ max: 256, sensitive: true });
export const data = text({ maxBytes: 262_144, sensitive: true });
export const error = text({ max: 256, sensitive: true });
export const cause = text({ max: 32_768, sensitive: true });
export const taskToken = text({ min: 1, max: 2048, sensitive: true });
export const traceHeader = text({ max: 256, pattern: '\\p{ASCII}*' });
export const revisionId = text();
export const includedData = oneOf('ALL_DATA', 'METADATA_ONLY');
export const machineType = oneOf('STANDARD', 'EXPRESS');

export const page = { maxResults: integer(0, 1000), nextToken: text({ min: 1, max: 1024 }) };

export const tags = list(structure({}, { key: text({ min: 1, max: 128 }), value: text({ max: 256 }) }));

export const encryptionConfiguration = structure(
  { type: oneOf('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY') },
  { kmsKeyId: text({ min: 1, max: 2048 }), kmsDataKeyReusePeriodSeconds: integer(60, 900) },
);

export const loggingConfiguration = structure(
  {},
  {
    level: oneOf('ALL', 'ERROR', 'FATAL', 'OFF'),
    includeExecutionData: flag,
    destinations: list(structure({}, { cloudWatchLogsLogGroup: structure({}, { logGroupArn: arn }) })),
  },
);

export const tracingConfiguration = structure({}, { enabled: flag });
