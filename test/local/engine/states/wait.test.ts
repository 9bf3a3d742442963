import type { Json } from '../../../../local/engine';
import { problemsOf, runState, single } from '../fixture';

const wait = (fields: { [field: string]: Json }) => ({ Type: 'Wait', ...fields });

describe('a Wait state', () => {
  test.each<[string, { [field: string]: Json }]>([
    ['Seconds', { Seconds: 90 }],
    ['SecondsPath', { SecondsPath: '$.seconds' }],
    ['SecondsPath below InputPath', { InputPath: '$.inner', SecondsPath: '$.seconds', OutputPath: '$' }],
    ['Timestamp', { Timestamp: '2026-01-01T00:01:30Z' }],
    ['TimestampPath', { TimestampPath: '$.until' }],
    ['Seconds in JSONata', { QueryLanguage: 'JSONata', Seconds: '{% $states.input.seconds %}' }],
    ['Timestamp in JSONata', { QueryLanguage: 'JSONata', Timestamp: '{% $states.input.until %}' }],
  ])('waits as %s says', async (_form, fields) => {
    const input = { seconds: 90, until: '2026-01-01T01:01:30+01:00', inner: { seconds: 90 } };
    expect((await runState(wait(fields), input)).seconds).toBe(90);
  });

  test('does not wait for the past', async () => {
    expect((await runState(wait({ Timestamp: '2020-01-01T00:00:00.123456789Z' }))).seconds).toBe(0);
  });

  test.each<[{ [field: string]: Json }, Json, string]>([
    [{ SecondsPath: '$.s' }, { s: -1 }, 'The SecondsPath parameter references a negative value: $.s == -1'],
    [{ SecondsPath: '$.s' }, { s: 1.5 }, 'The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5'],
    [{ SecondsPath: '$.s' }, {}, 'The SecondsPath parameter does not reference an input value: $.s'],
    [
      { TimestampPath: '$.t' },
      { t: '2026-02-30' },
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == 2026-02-30',
    ],
  ])('%p fails on %p', async (fields, input, reason) => {
    const { error, cause } = await runState(wait(fields), input);
    expect([error, cause]).toEqual(['States.Runtime', expect.stringContaining(reason)]);
  });

  test('fails on a timestamp that an expression makes and nobody can read', async () => {
    const { error, cause } = await runState(wait({ QueryLanguage: 'JSONata', Timestamp: "{% 'noon' %}" }));
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain('The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: noon');
  });

  test('is refused without a time, with two, or with one that is not a timestamp', () => {
    const refusals = (fields: { [field: string]: Json }) => problemsOf(single(wait(fields))).map(({ message }) => message);
    expect(refusals({})).toEqual([expect.stringContaining('Exactly one of these fields is required')]);
    expect(refusals({ Seconds: 1, SecondsPath: '$.s' })).toContainEqual(
      expect.stringContaining('Exactly one of these fields is required'),
    );
    expect(refusals({ Timestamp: '2026-01-01 00:00:00Z' })).toEqual(['String does not match RFC3339 timestamp']);
  });
});
