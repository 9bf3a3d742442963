import type { TaskOutcome, TaskRequest } from '../engine/host';

/** A service that Task states call, such as Lambda or SQS. */
export interface TaskService {
  /** Whether it answers tasks with this `Resource`. */
  supports(resource: string): boolean;
  run(request: TaskRequest): Promise<TaskOutcome>;
}
