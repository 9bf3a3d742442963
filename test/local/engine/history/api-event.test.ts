import { toApiEvent } from '../../../../local/engine';
import { run, runState, START } from '../fixture';

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
});
