import type { Json, TaskOutcome, TaskRequest } from '../engine/host';
import type { TaskService } from './task-service';

/** Hands each task to the first service that supports its resource. */
export class TaskRouter implements TaskService {
  constructor(private readonly services: readonly TaskService[]) {}

  supports(resource: string): boolean {
    return this.find(resource) !== undefined;
  }

  /** What is missing to run a resource, and how to supply it; undefined if nothing is. */
  unsupported(resource: string): string | undefined {
    if (this.supports(resource)) return undefined;
    const reasons = this.services.flatMap((service) => service.unsupported?.(resource) ?? []);
    return reasons[0] ?? `resource '${resource}': no service on this machine answers it`;
  }

  async run(request: TaskRequest): Promise<TaskOutcome> {
    const service = this.find(request.resource);
    return service === undefined
      ? { error: 'States.TaskFailed', cause: this.unsupported(request.resource) }
      : service.run(request);
  }

  workInput(request: TaskRequest): Json {
    return this.find(request.resource)?.workInput?.(request) ?? request.parameters;
  }

  workOutput(request: TaskRequest, output: Json): Json {
    return this.find(request.resource)?.workOutput?.(request, output) ?? output;
  }

  private find(resource: string): TaskService | undefined {
    return this.services.find((service) => service.supports(resource));
  }
}
