import { definition, machine, PASS, refusal, START, settle, start, statesService, WAIT } from './fixture';

const SIX_EVENTS = definition({ A: { Type: 'Pass', Result: { a: 1 }, Next: 'B' }, B: { Type: 'Pass', End: true } });

test('events have the shape of the API, with times in seconds', () => {
  const { service } = statesService();
  const executionArn = start(service, machine(service, PASS), 'a', '{"x":1}');
  const { events, nextToken } = service.call('GetExecutionHistory', { executionArn });
  expect(nextToken).toBeUndefined();
  expect(events[1]).toEqual({
    id: 2,
    previousEventId: 0,
    timestamp: START / 1000,
    type: 'PassStateEntered',
    stateEnteredEventDetails: { name: 'Pass', input: '{"x":1}', inputDetails: { truncated: false } },
  });
});

test.each([false, true])('pages join to the whole history, reversed: %p', (reverseOrder) => {
  const { service } = statesService();
  const executionArn = start(service, machine(service, SIX_EVENTS));
  const ids: number[] = [];
  let nextToken: string | undefined;
  do {
    const answer = service.call('GetExecutionHistory', { executionArn, reverseOrder, maxResults: 4, nextToken });
    ids.push(...answer.events.map(({ id }) => id));
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  expect(ids).toEqual(reverseOrder ? [6, 5, 4, 3, 2, 1] : [1, 2, 3, 4, 5, 6]);
});

test('a page of a running execution goes on with what happened since', async () => {
  const { service, clock } = statesService();
  const executionArn = start(service, machine(service, WAIT));
  const first = service.call('GetExecutionHistory', { executionArn, maxResults: 1 });
  await clock.advance(10);
  const second = service.call('GetExecutionHistory', { executionArn, nextToken: first.nextToken });
  expect(second.events.map(({ id }) => id)).toEqual([2, 3, 4]);
});

test('a page holds 100 events unless asked otherwise', () => {
  const { service } = statesService();
  const names = Array.from({ length: 60 }, (_, i) => `S${i}`);
  const states = Object.fromEntries(
    names.map((name, i) => [name, { Type: 'Pass', ...(i < 59 ? { Next: names[i + 1] } : { End: true }) }]),
  );
  const executionArn = start(service, machine(service, definition(states)));
  expect(service.call('GetExecutionHistory', { executionArn }).events).toHaveLength(100);
  expect(service.call('GetExecutionHistory', { executionArn, maxResults: 0 }).events).toHaveLength(100);
  expect(service.call('GetExecutionHistory', { executionArn, maxResults: 1000 }).events).toHaveLength(122);
});

test('execution data is left out where it is not asked for', async () => {
  const { service } = statesService();
  const executionArn = start(service, machine(service, SIX_EVENTS), 'a', '{"secret":1}');
  await settle();
  const { events } = service.call('GetExecutionHistory', { executionArn, includeExecutionData: false });
  expect(JSON.stringify(events)).not.toContain('secret');
  expect(events[1].stateEnteredEventDetails).toEqual({ name: 'A', inputDetails: { truncated: false } });
});

test('the token of the other direction is refused', () => {
  const { service } = statesService();
  const executionArn = start(service, machine(service, SIX_EVENTS));
  const { nextToken } = service.call('GetExecutionHistory', { executionArn, maxResults: 2 });
  expect(refusal(() => service.call('GetExecutionHistory', { executionArn, nextToken, reverseOrder: true }))).toBe(
    "InvalidToken: Invalid Token: 'Invalid token'",
  );
});
