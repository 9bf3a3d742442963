import type { Json, TaskOutcome, TaskRequest } from '../engine/host';

/** A service that Task states call, such as Lambda or SQS. */
export interface TaskService {
  /** Whether it answers tasks with this `Resource`. */
  supports(resource: string): boolean;
  /**
   * Of a resource that it would answer, what is missing to do so and how to supply it.
   *
   * @default - nothing is ever missing
   */
  unsupported?(resource: string): string | undefined;
  run(request: TaskRequest): Promise<TaskOutcome>;
  /**
   * What the work behind the service is given, such as the payload of a function.
   *
   * @default - the parameters of the task
   */
  workInput?(request: TaskRequest): Json;
  /**
   * What the service answers with once that work returned `output`.
   *
   * @default - the output itself
   */
  workOutput?(request: TaskRequest, output: Json): Json;
}
