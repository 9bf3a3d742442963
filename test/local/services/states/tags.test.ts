import { machine, PASS, PREFIX, ROLE, refusal, statesService } from './fixture';

const ARN = `${PREFIX}:stateMachine:orders`;

function tagged() {
  const { service } = statesService();
  machine(service);
  return {
    service,
    add: (...tags: { key: string; value: string }[]) => service.call('TagResource', { resourceArn: ARN, tags }),
    remove: (...tagKeys: string[]) => service.call('UntagResource', { resourceArn: ARN, tagKeys }),
    list: (resourceArn = ARN) => service.call('ListTagsForResource', { resourceArn }).tags,
  };
}

test('tags are added, replaced and removed', () => {
  const { add, remove, list } = tagged();
  add({ key: 'a', value: '1' }, { key: 'b', value: '' });
  add({ key: 'a', value: '2' });
  expect(list()).toEqual([
    { key: 'a', value: '2' },
    { key: 'b', value: '' },
  ]);
  remove('a', 'never');
  expect(list()).toEqual([{ key: 'b', value: '' }]);
});

test('machines and activities are created with tags', () => {
  const { service } = statesService();
  const tags = [{ key: 'team', value: 'shop' }];
  service.call('CreateStateMachine', { name: 'orders', definition: PASS, roleArn: ROLE, tags });
  service.call('CreateActivity', { name: 'work', tags });
  for (const resourceArn of [ARN, `${PREFIX}:activity:work`]) {
    expect(service.call('ListTagsForResource', { resourceArn }).tags).toEqual(tags);
  }
});

test('a version has no tags', () => {
  const { service, list } = tagged();
  service.call('PublishStateMachineVersion', { stateMachineArn: ARN });
  expect(refusal(() => list(`${ARN}:1`))).toBe(`ResourceNotFound: Resource not found: '${ARN}:1'`);
});

test('a resource has 50 tags at most', () => {
  const { add, list } = tagged();
  add(...Array.from({ length: 50 }, (_, i) => ({ key: `k${i}`, value: '' })));
  expect(refusal(() => add({ key: 'one-more', value: '' }))).toMatch(/^TooManyTags/);
  expect(list()).toHaveLength(50);
});

test('the key of a tag has its limits', () => {
  const { add } = tagged();
  expect(refusal(() => add({ key: '', value: '' }))).toBe(
    "ValidationException: 1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
  );
});
