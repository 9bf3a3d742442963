import type { EventDetails } from '../history/events';
import type { Json } from '../host';
import type { Visit } from '../visit';
import type { Resource } from './resource';

export interface Schedule {
  readonly parameters: Json;
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
  readonly taskCredentials?: { readonly roleArn: string };
}

/** The events of one attempt: `Task…`, or `LambdaFunction…` and `Activity…` for a function and an activity named directly. */
export class TaskEvents {
  private readonly prefix: string;
  private readonly named: EventDetails;

  constructor(
    private readonly visit: Visit,
    private readonly resource: Resource,
  ) {
    this.prefix = { lambda: 'LambdaFunction', activity: 'Activity', service: 'Task' }[resource.kind];
    this.named = resource.kind === 'service' ? { resourceType: resource.type, resource: resource.action } : {};
  }

  scheduled({ parameters, ...limits }: Schedule): void {
    const payload =
      this.resource.kind === 'service'
        ? { parameters, region: this.region() }
        : { input: parameters, resource: this.resource.arn };
    this.record('Scheduled', { ...payload, ...limits });
  }

  started(workerName?: string): void {
    this.record('Started', workerName === undefined ? {} : { workerName });
  }

  submitted(output: Json): void {
    this.record('Submitted', { output });
  }

  succeeded(output: Json): void {
    this.record('Succeeded', { output });
  }

  failed(error: string | undefined, cause: string | undefined): void {
    this.record('Failed', { error, cause });
  }

  timedOut(error: string | undefined): void {
    this.record('TimedOut', { error });
  }

  private record(what: string, details: EventDetails): void {
    this.visit.record(`${this.prefix}${what}`, { ...this.named, ...details });
  }

  private region(): string {
    return this.visit.branch.run.executionArn.split(':')[3] ?? '';
  }
}
