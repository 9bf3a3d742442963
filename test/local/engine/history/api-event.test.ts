import { toApiEvent } from '../../../../local/engine';
import { redrive, run, runState, START } from '../fixture';

describe('an event in the shape of the API', () => {
  test('carries its payloads as JSON texts, under the name of its details', async () => {
    const { events } = await runState({ Type: 'Pass', Assign: { v: [1] } }, { a: 1 });
    expect(events.map(toApiEvent)).toEqual([
      {
        id: 1,
        previousEventId: 0,
        timestamp: START / 1000,
        type: 'ExecutionStarted',
        executionStartedEventDetails: {
          input: '{"a":1}',
          inputDetails: { truncated: false },
          roleArn: 'arn:aws:iam::123456789012:role/orders',
        },
      },
      expect.objectContaining({ stateEnteredEventDetails: { name: 'It', input: '{"a":1}', inputDetails: { truncated: false } } }),
      expect.objectContaining({
        stateExitedEventDetails: {
          name: 'It',
          output: '{"a":1}',
          outputDetails: { truncated: false },
          assignedVariables: { v: '[1]' },
          assignedVariablesDetails: { truncated: false },
        },
      }),
      expect.objectContaining({ executionSucceededEventDetails: { output: '{"a":1}', outputDetails: { truncated: false } } }),
    ]);
  });

  test('has details exactly where the API has them', async () => {
    const each = {
      StartAt: 'E',
      States: { E: { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:f', End: true } },
    };
    const { events } = await run({ StartAt: 'M', States: { M: { Type: 'Map', ItemProcessor: each, End: true } } }, [1]);
    const detailed = events.map((event) => [event.type, Object.keys(toApiEvent(event)).find((key) => key.endsWith('Details'))]);
    expect(detailed).toEqual([
      ['ExecutionStarted', 'executionStartedEventDetails'],
      ['MapStateEntered', 'stateEnteredEventDetails'],
      ['MapStateStarted', 'mapStateStartedEventDetails'],
      ['MapIterationStarted', 'mapIterationStartedEventDetails'],
      ['TaskStateEntered', 'stateEnteredEventDetails'],
      ['LambdaFunctionScheduled', 'lambdaFunctionScheduledEventDetails'],
      ['LambdaFunctionStarted', undefined],
      ['LambdaFunctionSucceeded', 'lambdaFunctionSucceededEventDetails'],
      ['TaskStateExited', 'stateExitedEventDetails'],
      ['MapIterationSucceeded', 'mapIterationSucceededEventDetails'],
      ['MapStateSucceeded', undefined],
      ['MapStateExited', 'stateExitedEventDetails'],
      ['ExecutionSucceeded', 'executionSucceededEventDetails'],
    ]);
  });

  // API_HistoryEvent.html: MapRunSucceeded and MapRunAborted have no details
  test('tells of Map Runs and redrives', async () => {
    const ItemProcessor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'E',
      States: { E: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
    };
    let calls = 0;
    const task = () => (++calls === 1 ? { error: 'Odd' } : { output: 1 });
    const failed = await runState({ Type: 'Map', Label: 'L', ItemProcessor }, [1], { task });
    const { events, execution } = await redrive(failed);
    const mapRunArn = execution.mapRuns[0].arn;
    const told = events.filter(({ type }) => /^(MapRun|ExecutionRedriven)/.test(type)).map(toApiEvent);
    expect(told.map(({ id, previousEventId, timestamp, ...rest }) => rest)).toEqual([
      { type: 'MapRunStarted', mapRunStartedEventDetails: { mapRunArn } },
      {
        type: 'MapRunFailed',
        mapRunFailedEventDetails: {
          error: 'States.ExceedToleratedFailureThreshold',
          cause: 'The specified tolerated failure threshold was exceeded',
        },
      },
      { type: 'ExecutionRedriven', executionRedrivenEventDetails: { redriveCount: 1 } },
      { type: 'MapRunRedriven', mapRunRedrivenEventDetails: { mapRunArn, redriveCount: 1 } },
      { type: 'MapRunSucceeded' },
    ]);
  });
});
