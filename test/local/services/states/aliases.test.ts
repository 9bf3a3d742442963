import type { StatesService } from '../../../../local/services/states/states-service';
import { described, machine, PREFIX, ROLE, refusal, start, statesService } from './fixture';

const ARN = `${PREFIX}:stateMachine:orders`;

/** A machine with two versions. */
function versioned(random = () => 0.5) {
  const { service, clock } = statesService({ random });
  machine(service);
  service.call('PublishStateMachineVersion', { stateMachineArn: ARN });
  service.call('UpdateStateMachine', { stateMachineArn: ARN, roleArn: `${ROLE}-2`, publish: true });
  return { service, clock };
}

function routes(...weights: (readonly [number | string, number])[]) {
  return weights.map(([version, weight]) => ({ stateMachineVersionArn: `${ARN}:${version}`, weight }));
}

function create(service: StatesService, routing: ReturnType<typeof routes>, name = 'live', description?: string) {
  return service.call('CreateStateMachineAlias', { name, description, routingConfiguration: routing });
}

function listed(service: StatesService, stateMachineArn = ARN): string[] {
  return service
    .call('ListStateMachineAliases', { stateMachineArn })
    .stateMachineAliases.map((alias) => alias.stateMachineAliasArn);
}

test('an alias leads executions to its version, which they show', async () => {
  const { service } = versioned();
  const { stateMachineAliasArn } = create(service, routes([1, 100]));
  expect(stateMachineAliasArn).toBe(`${ARN}:live`);
  const executionArn = start(service, stateMachineAliasArn, 'first');
  expect(await described(service, executionArn)).toMatchObject({
    stateMachineArn: ARN,
    stateMachineVersionArn: `${ARN}:1`,
    stateMachineAliasArn,
  });
  start(service, `${ARN}:1`, 'second');
  const { executions } = service.call('ListExecutions', { stateMachineArn: stateMachineAliasArn });
  expect(executions.map(({ name }) => name)).toEqual(['first']);
});

test.each([
  [0, 1],
  [0.29, 1],
  [0.3, 2],
  [0.99, 2],
])('of weights 30 and 70, chance %p leads to version %p', (chance, version) => {
  const { service } = versioned(() => chance);
  const { stateMachineAliasArn } = create(service, routes([1, 30], [2, 70]));
  const executionArn = start(service, stateMachineAliasArn);
  expect(service.call('DescribeExecution', { executionArn }).stateMachineVersionArn).toBe(`${ARN}:${version}`);
});

test('creating the same alias again changes nothing, another is a conflict', () => {
  const { service, clock } = versioned();
  const first = create(service, routes([1, 100]), 'live', 'a');
  clock.time += 1000;
  expect(create(service, routes([1, 100]), 'live', 'a')).toEqual(first);
  const conflict =
    'ConflictException: Failed to create alias because an alias with the same name and a different routing configuration already exists.';
  expect(refusal(() => create(service, routes([2, 100]), 'live', 'a'))).toBe(conflict);
  expect(refusal(() => create(service, routes([1, 100]), 'live', 'b'))).toBe(conflict);
});

test('an alias is updated, described, listed and deleted', () => {
  const { service, clock } = versioned();
  create(service, routes([1, 100]));
  create(service, routes([2, 100]), 'next');
  clock.time += 1000;
  const updated = service.call('UpdateStateMachineAlias', {
    stateMachineAliasArn: `${ARN}:live`,
    routingConfiguration: routes([1, 50], [2, 50]),
  });
  const shown = service.call('DescribeStateMachineAlias', { stateMachineAliasArn: `${ARN}:live` });
  expect(shown).toEqual({
    stateMachineAliasArn: `${ARN}:live`,
    name: 'live',
    routingConfiguration: routes([1, 50], [2, 50]),
    creationDate: updated.updateDate - 1,
    updateDate: updated.updateDate,
  });
  expect(listed(service)).toEqual([`${ARN}:live`, `${ARN}:next`]);
  expect(listed(service, `${ARN}:1`)).toEqual([`${ARN}:live`]);
  service.call('DeleteStateMachineAlias', { stateMachineAliasArn: `${ARN}:live` });
  service.call('DeleteStateMachineAlias', { stateMachineAliasArn: `${ARN}:live` });
  expect(listed(service)).toEqual([`${ARN}:next`]);
});

test('what does not exist is neither described nor updated', () => {
  const { service } = versioned();
  const stateMachineAliasArn = `${ARN}:none`;
  const expected = 'ResourceNotFound: Request references a resource that does not exist.';
  expect(refusal(() => service.call('DescribeStateMachineAlias', { stateMachineAliasArn }))).toBe(expected);
  expect(refusal(() => service.call('UpdateStateMachineAlias', { stateMachineAliasArn, description: 'x' }))).toBe(expected);
  expect(refusal(() => service.call('UpdateStateMachineAlias', { stateMachineAliasArn }))).toBe(
    'MissingRequiredParameter: Either the description or the RoutingConfiguration must be specified',
  );
});

test('a version that an alias leads to is not deleted', () => {
  const { service } = versioned();
  create(service, routes([1, 100]));
  create(service, routes([1, 50], [2, 50]), 'next');
  expect(refusal(() => service.call('DeleteStateMachineVersion', { stateMachineVersionArn: `${ARN}:1` }))).toBe(
    'ConflictException: Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [live, next]',
  );
});

describe('a routing is refused', () => {
  const two = `[${ARN}:1, ${ARN}:1]`;
  test.each([
    [
      'with one version twice',
      routes([1, 50], [1, 50]),
      `Routing configuration must contain distinct state machine version ARNs. Received: ${two}`,
    ],
    [
      'with weights below 100',
      routes([1, 70], [2, 29]),
      'Sum of routing configuration weights must equal 100. Received: [70, 29]',
    ],
    [
      'with weights above 100',
      routes([1, 70], [2, 31]),
      'Sum of routing configuration weights must equal 100. Received: [70, 31]',
    ],
    [
      'with a version that does not exist',
      routes([1, 50], [7, 50]),
      `Routing configuration must contain state machine version ARNs. Received: [${ARN}:1, ${ARN}:7]`,
    ],
    [
      'with the machine itself',
      [{ stateMachineVersionArn: ARN, weight: 100 }],
      `Routing configuration must contain state machine version ARNs. Received: [${ARN}]`,
    ],
    [
      'with a weight above 100',
      routes([1, 101]),
      "1 validation error detected: Value '101' at 'routingConfiguration.1.member.weight' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
    [
      'with three versions',
      routes([1, 50], [2, 30], [3, 20]),
      `1 validation error detected: Value '[${[
        [1, 50],
        [2, 30],
        [3, 20],
      ]
        .map(([version, weight]) => `RoutingConfigurationListItem(stateMachineVersionArn=${ARN}:${version}, weight=${weight})`)
        .join(', ')}]' at 'routingConfiguration' failed to satisfy constraint: Member must have length less than or equal to 2`,
    ],
  ])('%s', (_what, routing, expected) => {
    const { service } = versioned();
    expect(refusal(() => create(service, routing))).toBe(`ValidationException: ${expected}`);
  });
});

test.each(['123', 'INVALID ALIAS', '!INVALID', 'ALIAS@'])('an alias is not called %p', (name) => {
  const { service } = versioned();
  expect(refusal(() => create(service, routes([1, 100]), name))).toBe(
    `ValidationException: 1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$`,
  );
});
