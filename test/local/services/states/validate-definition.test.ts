import { definition, PASS, statesService } from './fixture';

function validate(text: string, more: { type?: 'STANDARD' | 'EXPRESS'; maxResults?: number } = {}) {
  return statesService().service.call('ValidateStateMachineDefinition', { definition: text, ...more });
}

test('a good definition has no diagnostics', () => {
  expect(validate(PASS)).toEqual({ result: 'OK', diagnostics: [], truncated: false });
});

test('a problem is shown with its place', () => {
  expect(validate('{}')).toEqual({
    result: 'FAIL',
    diagnostics: [
      {
        severity: 'ERROR',
        code: 'SCHEMA_VALIDATION_FAILED',
        message: expect.stringMatching(/^These fields are required: \[/),
        location: '/',
      },
    ],
    truncated: false,
  });
});

test('what is no definition at all has no place', () => {
  expect(validate(' ').diagnostics).toEqual([
    { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' },
  ]);
});

test('what Express does not support is found for Express', () => {
  const waits = definition({ Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', End: true } });
  expect(validate(waits).result).toBe('OK');
  expect(validate(waits, { type: 'EXPRESS' }).diagnostics).toMatchObject([{ location: '/States/Ask/Resource' }]);
});

test('diagnostics are cut where asked for', () => {
  const states = Object.fromEntries(['A', 'B', 'C'].map((name) => [name, { Type: 'Pass', Next: 'Nowhere' }]));
  const all = validate(definition(states));
  expect(all.truncated).toBe(false);
  expect(all.diagnostics.length).toBeGreaterThan(2);
  expect(validate(definition(states), { maxResults: 2 })).toEqual({
    result: 'FAIL',
    diagnostics: all.diagnostics.slice(0, 2),
    truncated: true,
  });
});

test('a definition nested beyond measure is a diagnostic', () => {
  const deep = '['.repeat(10_000) + ']'.repeat(10_000);
  expect(validate(deep).diagnostics).toMatchObject([{ code: 'INVALID_JSON_DESCRIPTION' }]);
});
