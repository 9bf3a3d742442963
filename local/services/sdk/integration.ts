import { serviceName } from './service-name';

/** What a Task state calls: an operation of a service of AWS. */
export interface Integration {
  /** Our name of the service. */
  readonly service: string;
  /** As in the API: `PutItem`. */
  readonly operation: string;
  /** Made for the service, `dynamodb:putItem`, where the others are `aws-sdk:dynamodb:putItem`. */
  readonly optimised: boolean;
  /** Whether the state waits for the job that it starts, which is not known here: there is more to ask than the answer. */
  readonly runsJob: boolean;
}

const RESOURCE = /^arn:aws[a-z-]*:states:[a-z0-9-]*:\d*:(aws-sdk:)?([a-z0-9-]+):([A-Za-z0-9]+)(\.[a-zA-Z]+(?::2)?)?$/;

/** Not called by an operation of an API. */
const OTHERS = new Set(['activity', 'apigateway', 'http', 'lambda', 'states']);

/** Undefined for resources of another kind, such as activities and functions. */
export function readIntegration(resource: string): Integration | undefined {
  const [, sdk, service, action, pattern = ''] = RESOURCE.exec(resource) ?? [];
  if (service === undefined || (sdk === undefined && OTHERS.has(service))) return undefined;
  return {
    service: serviceName(service),
    operation: action!.charAt(0).toUpperCase() + action!.slice(1),
    optimised: sdk === undefined,
    runsJob: pattern.startsWith('.sync'),
  };
}
