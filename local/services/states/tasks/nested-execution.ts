import type { Json, TaskOutcome, TaskRequest } from '../../../engine';
import { AwsError } from '../../http/aws-error';
import { jsonAnswer, sdkMetadata } from '../../sdk/sdk-metadata';
import type { TaskService } from '../../task-service';
import { description } from '../executions/describe';
import type { ExecutionRecord } from '../executions/execution-record';
import type { Executor } from '../executions/executor';
import { readInput } from '../input/read-input';
import type { MachineStore } from '../machines/machine-store';
import { startExecutionInput } from '../operations/start-input';

const START_EXECUTION = /^arn:aws[a-z-]*:states:[a-z0-9-]*:\d*:states:startExecution(\.sync(?::2)?|\.waitForTaskToken)?$/;

/** Task states that start an execution, and may wait for its end. */
export class NestedExecution implements TaskService {
  constructor(
    private readonly machines: MachineStore,
    private readonly executor: Executor,
    private readonly uuid: () => string,
  ) {}

  supports(resource: string): boolean {
    return START_EXECUTION.test(resource);
  }

  async run(request: TaskRequest): Promise<TaskOutcome> {
    const pattern = START_EXECUTION.exec(request.resource)?.[1];
    let child: ExecutionRecord;
    try {
      child = this.start(request.parameters);
    } catch (error) {
      if (error instanceof AwsError) return this.refusal(error);
      throw error;
    }
    const response = this.response(child);
    return pattern === '.sync' || pattern === '.sync:2'
      ? this.follow(child, request, response, pattern === '.sync:2')
      : { output: response };
  }

  private start(parameters: Json): ExecutionRecord {
    const { StateMachineArn, Name, Input, TraceHeader } = (parameters ?? {}) as { [name: string]: Json | undefined };
    const { stateMachineArn, name, input, traceHeader } = readInput(startExecutionInput, {
      stateMachineArn: StateMachineArn,
      name: Name,
      // a string is the text of the input itself
      input: typeof Input === 'string' || Input === undefined || Input === null ? Input : JSON.stringify(Input),
      traceHeader: TraceHeader,
    });
    return this.executor.start(this.machines.target(stateMachineArn), { name, input, traceHeader });
  }

  private async follow(child: ExecutionRecord, request: TaskRequest, response: Json, parsed: boolean): Promise<TaskOutcome> {
    const stop = () =>
      child.execution.stop(
        undefined,
        `The Task state in AWS Step Functions execution [${request.executionArn}] which was managing this resource was aborted`,
      );
    request.signal.addEventListener('abort', stop, { once: true });
    try {
      request.progress?.submitted(response);
    } catch (error) {
      stop(); // the parent has no room left for the event, and will not look after the child
      throw error;
    }
    const { status } = await child.done;
    if (status !== 'SUCCEEDED') return { error: 'States.TaskFailed', cause: JSON.stringify(this.envelope(child, false)) };
    return { output: this.envelope(child, parsed) };
  }

  /** DescribeExecution's answer as the AWS SDK for Java holds it: names in upper case and sorted, dates in milliseconds. */
  private envelope(child: ExecutionRecord, parsed: boolean): Json {
    const { input, result } = { input: child.origin.input, result: child.result };
    const all = {
      ...description(child),
      inputDetails: { Included: true },
      ...(result?.output !== undefined && { outputDetails: { Included: true } }),
      startDate: child.origin.startDate,
      ...(result !== undefined && { stopDate: result.stopDate }),
      ...(parsed && { input: JSON.parse(input) as Json, output: result?.output }),
    };
    const named = Object.entries(all).map(([name, value]) => [name[0].toUpperCase() + name.slice(1), value as Json] as const);
    return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** StartExecution's answer with the traces of HTTP that the integration leaves in it. */
  private response({ origin }: ExecutionRecord): Json {
    const { arn, startDate } = origin;
    const answer = jsonAnswer({ executionArn: arn, startDate: startDate / 1000 }, startDate, this.uuid());
    return { ExecutionArn: arn, ...sdkMetadata(answer), StartDate: startDate };
  }

  private refusal({ name, message, statusCode }: AwsError): TaskOutcome {
    return {
      error: `StepFunctions.${name.endsWith('Exception') ? name : `${name}Exception`}`,
      cause: `${message} (Service: AWSStepFunctions; Status Code: ${statusCode}; Error Code: ${name}; Request ID: ${this.uuid()}; Proxy: null)`,
    };
  }
}
