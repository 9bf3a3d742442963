import type { StatesService } from '../../../../local/services/states/states-service';
import {
  definition,
  described,
  history,
  machine,
  PASS,
  PREFIX,
  ROLE,
  refusal,
  START,
  settle,
  start,
  statesService,
  WAIT,
} from './fixture';

const OTHER = definition({ Other: { Type: 'Succeed' } });

function create(service: StatesService, changes: { [member: string]: unknown } = {}) {
  return service.call('CreateStateMachine', { name: 'orders', definition: PASS, roleArn: ROLE, ...changes });
}

describe('CreateStateMachine', () => {
  test('answers with the ARN and the date', () => {
    const { service } = statesService();
    expect(create(service)).toEqual({ stateMachineArn: `${PREFIX}:stateMachine:orders`, creationDate: START / 1000 });
  });

  test('creates nothing twice: the same again answers as the first did, whatever the role', () => {
    const { service, clock } = statesService();
    const first = create(service);
    clock.time += 5000;
    expect(create(service, { roleArn: `${ROLE}-2` })).toEqual(first);
    const { roleArn } = service.call('DescribeStateMachine', { stateMachineArn: first.stateMachineArn });
    expect(roleArn).toBe(ROLE);
  });

  test.each([
    ['definition', { definition: OTHER }],
    ['format of the definition', { definition: `${PASS} ` }],
    ['type', { type: 'EXPRESS' }],
    ['tracing', { tracingConfiguration: { enabled: true } }],
  ])('refuses a second machine of the same name with another %s', (_what, changes) => {
    const { service } = statesService();
    create(service);
    expect(refusal(() => create(service, changes))).toBe(
      `StateMachineAlreadyExists: State Machine Already Exists: '${PREFIX}:stateMachine:orders'`,
    );
  });

  test('refuses a definition in the words of the validation', () => {
    const { service } = statesService();
    expect(refusal(() => create(service, { definition: '{"StartAt":"A"}' }))).toBe(
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
    );
  });

  test('refuses a definition nested beyond measure', () => {
    const { service } = statesService();
    const result = '['.repeat(50_000) + ']'.repeat(50_000);
    expect(
      refusal(() =>
        create(service, { definition: `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":${result},"End":true}}}` }),
      ),
    ).toMatch(/^InvalidDefinition: Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: Document nesting depth/);
  });

  test.each(['with space', 'a*b', 'a/b', 'a:b', 'a#b', 'a\u0085b', 'a\u007fb', '<a>'])('refuses the name %p', (name) => {
    const { service } = statesService();
    expect(refusal(() => create(service, { name }))).toBe(`InvalidName: Invalid Name: '${name}'`);
  });

  test('takes the name of letters, digits and punctuation that AWS allows', () => {
    const { service } = statesService();
    expect(create(service, { name: "a.b_c-d(1)!'é" }).stateMachineArn).toBe(`${PREFIX}:stateMachine:a.b_c-d(1)!'é`);
  });

  test('refuses a role that is none', () => {
    const { service } = statesService();
    expect(refusal(() => create(service, { roleArn: 'my-role' }))).toBe("InvalidArn: Invalid Role Arn: 'my-role'");
  });

  test('refuses to log without a log group', () => {
    const { service } = statesService();
    expect(refusal(() => create(service, { loggingConfiguration: { level: 'ALL' } }))).toBe(
      'InvalidLoggingConfiguration: Invalid Logging Configuration: Must specify exactly one Log Destination.',
    );
  });

  test('publishes a version where asked to, and describes it only then', () => {
    const { service } = statesService();
    expect(create(service, { publish: true, versionDescription: 'first' }).stateMachineVersionArn).toBe(
      `${PREFIX}:stateMachine:orders:1`,
    );
    expect(service.call('DescribeStateMachine', { stateMachineArn: `${PREFIX}:stateMachine:orders:1` }).description).toBe(
      'first',
    );
    expect(refusal(() => create(service, { versionDescription: 'first' }))).toBe(
      'ValidationException: Version description can only be set when publish is true',
    );
  });
});

describe('DescribeStateMachine', () => {
  test('shows the machine with the defaults of AWS', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    expect(service.call('DescribeStateMachine', { stateMachineArn })).toEqual({
      stateMachineArn,
      name: 'orders',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: PASS,
      roleArn: ROLE,
      creationDate: START / 1000,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
  });

  test('leaves the definition out of the metadata', () => {
    const { service } = statesService();
    const shown = service.call('DescribeStateMachine', { stateMachineArn: machine(service), includedData: 'METADATA_ONLY' });
    expect(shown.definition).toBe('{}');
  });

  test.each([
    [`${PREFIX}:stateMachine:none`, `StateMachineDoesNotExist: State Machine Does Not Exist: '${PREFIX}:stateMachine:none'`],
    ['not_a_valid_arn', "InvalidArn: Invalid Arn: 'Invalid ARN prefix: not_a_valid_arn'"],
    [`${PREFIX}:execution:a:b`, "InvalidArn: Invalid Arn: 'Resource type not valid in this context: execution'"],
    [`${PREFIX}:stateMachine:`, `InvalidArn: Invalid Arn: 'Invalid ARN: ${PREFIX}:stateMachine:'`],
    [`${PREFIX}:pen:a`, `InvalidArn: Invalid Arn: 'Invalid ARN: ${PREFIX}:pen:a'`],
  ])('refuses %s', (stateMachineArn, expected) => {
    const { service } = statesService();
    expect(refusal(() => service.call('DescribeStateMachine', { stateMachineArn }))).toBe(expected);
  });
});

describe('UpdateStateMachine', () => {
  test('makes a revision of what changed, which executions started later run', async () => {
    const { service, clock } = statesService();
    const stateMachineArn = machine(service, WAIT);
    const before = start(service, stateMachineArn);
    const updated = service.call('UpdateStateMachine', { stateMachineArn, definition: OTHER });
    const after = start(service, stateMachineArn);
    await clock.advance(10);
    expect(history(service, before)).toContain('WaitStateExited');
    expect(history(service, after)).toContain('SucceedStateExited');
    expect(updated.revisionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(service.call('DescribeStateMachine', { stateMachineArn }).revisionId).toBe(updated.revisionId);
    const ran = service.call('DescribeStateMachineForExecution', { executionArn: before });
    expect(ran).toMatchObject({ stateMachineArn, definition: WAIT });
    expect(ran).not.toHaveProperty('revisionId');
  });

  test('makes no revision where nothing changed', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    expect(service.call('UpdateStateMachine', { stateMachineArn, definition: PASS })).toEqual({ updateDate: START / 1000 });
    const { revisionId } = service.call('UpdateStateMachine', { stateMachineArn, roleArn: `${ROLE}-2` });
    expect(service.call('UpdateStateMachine', { stateMachineArn, roleArn: `${ROLE}-2` }).revisionId).toBe(revisionId);
  });

  test('asks for something to change', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    expect(refusal(() => service.call('UpdateStateMachine', { stateMachineArn, publish: true }))).toBe(
      'MissingRequiredParameter: Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  });

  test('does not change a version', () => {
    const { service } = statesService();
    machine(service);
    const version = service.call('PublishStateMachineVersion', { stateMachineArn: `${PREFIX}:stateMachine:orders` });
    const stateMachineArn = version.stateMachineVersionArn;
    expect(refusal(() => service.call('UpdateStateMachine', { stateMachineArn, definition: OTHER }))).toBe(
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${stateMachineArn}'`,
    );
  });

  test('keeps the machine as it was where the new definition is refused', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    expect(refusal(() => service.call('UpdateStateMachine', { stateMachineArn, definition: '{}' }))).toMatch(
      /^InvalidDefinition/,
    );
    expect(service.call('DescribeStateMachine', { stateMachineArn }).definition).toBe(PASS);
  });
});

describe('DeleteStateMachine', () => {
  test('removes a machine without executions at once, and answers the same where there is none', () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    expect(service.call('DeleteStateMachine', { stateMachineArn })).toEqual({});
    expect(service.call('DeleteStateMachine', { stateMachineArn })).toEqual({});
    expect(refusal(() => start(service, stateMachineArn))).toBe(
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${stateMachineArn}'`,
    );
  });

  test('ends executions at their next transition, and the machine goes with the last of them', async () => {
    const { service, clock } = statesService();
    const stateMachineArn = machine(
      service,
      definition({
        Wait: { Type: 'Wait', Seconds: 10, Next: 'Longer' },
        Longer: { Type: 'Wait', Seconds: 1000, End: true },
      }),
    );
    const executionArn = start(service, stateMachineArn);
    service.call('DeleteStateMachine', { stateMachineArn });
    expect(service.call('DescribeStateMachine', { stateMachineArn }).status).toBe('DELETING');
    expect(refusal(() => start(service, stateMachineArn))).toMatch(/^StateMachineDeleting: /);
    expect(refusal(() => machine(service))).toMatch(/^StateMachineDeleting: /);
    await clock.advance(9);
    expect((await described(service, executionArn)).status).toBe('RUNNING');
    await clock.advance(1);
    expect((await described(service, executionArn)).status).toBe('ABORTED');
    expect(refusal(() => service.call('DescribeStateMachine', { stateMachineArn }))).toMatch(/^StateMachineDoesNotExist/);
    expect(clock.pending).toBe(0);
  });

  test('lets a machine of the same name start from nothing', async () => {
    const { service } = statesService();
    const stateMachineArn = machine(service);
    start(service, stateMachineArn, 'once');
    await settle();
    service.call('DeleteStateMachine', { stateMachineArn });
    machine(service);
    expect(service.call('ListExecutions', { stateMachineArn }).executions).toEqual([]);
    expect(start(service, stateMachineArn, 'once')).toBe(`${PREFIX}:execution:orders:once`);
  });
});

describe('ListStateMachines', () => {
  test('lists by name, page by page', () => {
    const { service } = statesService();
    for (const name of ['b', 'd', 'a', 'c']) machine(service, PASS, 'EXPRESS', name);
    const first = service.call('ListStateMachines', { maxResults: 3 });
    expect(first.stateMachines.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(first.stateMachines[0]).toEqual({
      stateMachineArn: `${PREFIX}:stateMachine:a`,
      name: 'a',
      type: 'EXPRESS',
      creationDate: START / 1000,
    });
    const second = service.call('ListStateMachines', { maxResults: 3, nextToken: first.nextToken });
    expect(second.stateMachines.map(({ name }) => name)).toEqual(['d']);
    expect(second.nextToken).toBeUndefined();
  });

  test('refuses a token that it did not give', () => {
    const { service } = statesService();
    expect(refusal(() => service.call('ListStateMachines', { nextToken: 'invented' }))).toBe(
      "InvalidToken: Invalid Token: 'Invalid token'",
    );
  });
});
