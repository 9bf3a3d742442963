import { MockConfig } from '../../../../local/app/mock-config/mock-config';

const config = (responses: object, states: object = { Pay: 'Answer' }) =>
  new MockConfig(JSON.stringify({ StateMachines: { Orders: { TestCases: { Happy: states } } }, MockedResponses: responses }));

const happy = (answer: object) => config({ Answer: answer }).testCase('Orders', 'Happy').get('Pay')!;

describe('a mocked response', () => {
  const response = happy({
    '0': { Return: { paid: true } },
    '1-2': { Throw: { Error: 'Busy', Cause: 'try again' } },
    '10': { Return: null },
    '3': { Throw: { Error: 'Down' } },
  });

  test.each([
    [0, { output: { paid: true } }],
    [1, { error: 'Busy', cause: 'try again' }],
    [2, { error: 'Busy', cause: 'try again' }],
    [3, { error: 'Down', cause: undefined }],
    [4, undefined],
    [10, { output: null }],
  ])('answers attempt %d with %j', (attempt, outcome) => {
    expect(response.outcome(attempt)).toEqual(outcome);
  });

  test.each<[object, string]>([
    [{ one: { Return: 1 } }, "MockedResponses.Answer['one'] is no attempt; count from 0, and write several as in '1-2'"],
    [{ '-1': { Return: 1 } }, "MockedResponses.Answer['-1'] is no attempt"],
    [{ '2-1': { Return: 1 } }, "MockedResponses.Answer['2-1'] is no attempt"],
    [{ '0-2': { Return: 1 }, '2': { Return: 1 } }, 'MockedResponses.Answer answers attempt 2 twice; let its ranges not overlap'],
    [{}, 'MockedResponses.Answer has no answer'],
    [[], 'MockedResponses.Answer received []; write an object'],
    [{ '0': {} }, "MockedResponses.Answer['0'] has nothing; give it either Return or Throw"],
    [{ '0': { Return: 1, Throw: {} } }, "MockedResponses.Answer['0'] has Return, Throw; give it either Return or Throw"],
    [{ '0': { Fail: 1 } }, "MockedResponses.Answer['0'] has Fail"],
    [{ '0': { Throw: {} } }, "MockedResponses.Answer['0'].Throw received {}; give it an Error"],
    [{ '0': { Throw: { Error: 'E', Cause: 1 } } }, 'and perhaps a Cause, both texts'],
    [{ '0': { Throw: 'E' } }, 'MockedResponses.Answer[\'0\'].Throw received "E"; write an object'],
  ])('%j is refused', (answer, message) => {
    expect(() => happy(answer)).toThrow(message);
  });
});

describe('a mock configuration', () => {
  test.each<[string, string]>([
    ['{', 'the mock configuration is no JSON: '],
    ['[]', 'the mock configuration received []; write an object'],
    ['{}', 'StateMachines received nothing; write an object'],
    ['{"StateMachines":{"A":{}}}', 'StateMachines.A.TestCases received nothing; write an object'],
    ['{"StateMachines":{"A":{"TestCases":{"C":1}}}}', 'StateMachines.A.TestCases.C received 1; write an object'],
    [
      '{"StateMachines":{"A":{"TestCases":{"C":{"S":"R"}}}},"MockedResponses":{"Other":{"0":{"Return":1}}}}',
      'StateMachines.A.TestCases.C.S names "R", which MockedResponses has not\n  - Other',
    ],
  ])('%s is refused', (text, message) => {
    expect(() => new MockConfig(text)).toThrow(message);
  });

  test('says which machines and test cases there are', () => {
    const known = config({ Answer: { '0': { Return: 1 } } });
    expect(() => known.testCase('Other', 'Happy')).toThrow("has no state machine 'Other'; it has\n  - Orders");
    expect(() => known.testCase('Orders', 'Sad')).toThrow("of 'Orders' has no test case 'Sad'; it has\n  - Happy");
  });
});
