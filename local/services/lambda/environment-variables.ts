import { delimiter, join } from 'node:path';
import { DEFAULT_MEMORY_SIZE, type FunctionConfig } from './function-config';

/** What a process needs of the machine. The rest of its environment may hold secrets, which no handler should see. */
const OF_THE_MACHINE = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE'];

export interface EnvironmentOptions {
  readonly region: string;
  readonly taskRoot: string;
  readonly logStreamName: string;
}

/** The environment a handler runs in: the machine's bare needs, the function's own variables, and Lambda's reserved ones. */
export function environmentVariables(config: FunctionConfig, options: EnvironmentOptions): Record<string, string> {
  const machine = Object.fromEntries(OF_THE_MACHINE.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return {
    ...machine,
    TZ: ':UTC',
    // Lambda's Node.js runtime brings the AWS SDK along; here it is the project's own
    NODE_PATH: [join(options.taskRoot, 'node_modules'), join(process.cwd(), 'node_modules')].join(delimiter),
    PYTHONDONTWRITEBYTECODE: '1',
    ...config.environment,
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_EXECUTION_ENV: `AWS_Lambda_${config.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: config.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memorySize ?? DEFAULT_MEMORY_SIZE),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${config.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: options.logStreamName,
    LAMBDA_TASK_ROOT: options.taskRoot,
    LAMBDA_RUNTIME_DIR: options.taskRoot,
    _HANDLER: config.handler,
  };
}
