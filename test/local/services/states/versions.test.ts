import { definition, described, machine, PASS, PREFIX, ROLE, refusal, start, statesService } from './fixture';

const ARN = `${PREFIX}:stateMachine:orders`;

function publishing() {
  const { service } = statesService();
  machine(service);
  return {
    service,
    publish: (revisionId?: string) =>
      service.call('PublishStateMachineVersion', { stateMachineArn: ARN, revisionId }).stateMachineVersionArn,
    update: (roleArn: string) => service.call('UpdateStateMachine', { stateMachineArn: ARN, roleArn }).revisionId!,
    versions: () =>
      service
        .call('ListStateMachineVersions', { stateMachineArn: ARN })
        .stateMachineVersions.map((version) => version.stateMachineVersionArn),
  };
}

test('a revision is published once', () => {
  const { publish, versions } = publishing();
  expect([publish(), publish()]).toEqual([`${ARN}:1`, `${ARN}:1`]);
  expect(versions()).toEqual([`${ARN}:1`]);
});

test('versions are listed newest first, and numbers are not used again', () => {
  const { service, publish, update, versions } = publishing();
  publish();
  update(`${ROLE}-2`);
  publish();
  expect(versions()).toEqual([`${ARN}:2`, `${ARN}:1`]);
  service.call('DeleteStateMachineVersion', { stateMachineVersionArn: `${ARN}:2` });
  service.call('DeleteStateMachineVersion', { stateMachineVersionArn: `${ARN}:2` });
  expect(publish()).toBe(`${ARN}:3`);
  expect(versions()).toEqual([`${ARN}:3`, `${ARN}:1`]);
});

test('a stale revision is not published', () => {
  const { publish, update } = publishing();
  expect(publish('INITIAL')).toBe(`${ARN}:1`);
  const second = update(`${ROLE}-2`);
  const third = update(`${ROLE}-3`);
  expect(refusal(() => publish(second))).toBe(
    `ConflictException: Failed to publish the State Machine version for revision ${second}. The current State Machine revision is ${third}.`,
  );
  expect(publish(third)).toBe(`${ARN}:2`);
});

test('an update publishes what it made, or what was there', () => {
  const { service } = publishing();
  const update = { stateMachineArn: ARN, definition: PASS, publish: true };
  const first = service.call('UpdateStateMachine', update);
  expect(first.stateMachineVersionArn).toBe(`${ARN}:1`);
  expect(first).not.toHaveProperty('revisionId');
  expect(service.call('UpdateStateMachine', { ...update, roleArn: `${ROLE}-2` }).stateMachineVersionArn).toBe(`${ARN}:2`);
});

test('an execution of a version runs what was published, and says so', async () => {
  const { service, publish } = publishing();
  const version = publish();
  service.call('UpdateStateMachine', { stateMachineArn: ARN, definition: definition({ Fail: { Type: 'Fail' } }) });
  const executionArn = start(service, version, 'first');
  expect(executionArn).toBe(`${PREFIX}:execution:orders:first`);
  expect(await described(service, executionArn)).toMatchObject({
    stateMachineArn: ARN,
    stateMachineVersionArn: version,
    status: 'SUCCEEDED',
  });
  const plain = start(service, ARN, 'second');
  expect((await described(service, plain)).status).toBe('FAILED');
  const listed = service.call('ListExecutions', { stateMachineArn: version }).executions;
  expect(listed.map((execution) => execution.name)).toEqual(['first']);
});
