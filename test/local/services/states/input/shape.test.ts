import { readInput } from '../../../../../local/services/states/input/read-input';
import { flag, integer, list, oneOf, structure, text } from '../../../../../local/services/states/input/shape';
import { refusal } from '../fixture';

const shape = structure(
  { name: text({ min: 1, max: 5 }) },
  {
    secret: text({ max: 3, sensitive: true }),
    count: integer(0, 10),
    kind: oneOf('A', 'B'),
    on: flag,
    items: list(structure({ id: text() }, {}, 'Item'), 1, 2),
  },
);

const refused = (input: unknown) => refusal(() => readInput(shape, input));

test('members that are known are read, others and nulls are passed over', () => {
  expect(readInput(shape, { name: 'a', count: 3.7, on: true, items: [{ id: 'x', more: 1 }], kind: null, unknown: 1 })).toEqual({
    name: 'a',
    count: 3,
    on: true,
    items: [{ id: 'x' }],
  });
});

test.each([
  [{}, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
  [{ name: '' }, "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1"],
  [{ name: 'abcdef' }, "Value 'abcdef' at 'name' failed to satisfy constraint: Member must have length less than or equal to 5"],
  [
    { name: 'a', secret: 'word' },
    "Value at 'secret' failed to satisfy constraint: Member must have length less than or equal to 3",
  ],
  [
    { name: 'a', count: 11 },
    "Value '11' at 'count' failed to satisfy constraint: Member must have value less than or equal to 10",
  ],
  [
    { name: 'a', count: -1 },
    "Value '-1' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 0",
  ],
  [{ name: 'a', kind: 'C' }, "Value 'C' at 'kind' failed to satisfy constraint: Member must satisfy enum value set: [A, B]"],
  [
    { name: 'a', items: [] },
    "Value '[]' at 'items' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [{ name: 'a', items: [{}] }, "Value null at 'items.1.member.id' failed to satisfy constraint: Member must not be null"],
  [
    { name: 'a', items: [{ id: 'x' }, { id: 'y' }, { id: 'z' }] },
    "Value '[Item(id=x), Item(id=y), Item(id=z)]' at 'items' failed to satisfy constraint: Member must have length less than or equal to 2",
  ],
])('%j is refused', (input, violation) => {
  expect(refused(input)).toBe(`ValidationException: 1 validation error detected: ${violation}`);
});

test('all that is wrong is told at once', () => {
  expect(refused({ name: '', count: 11 })).toBe(
    "ValidationException: 2 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '11' at 'count' failed to satisfy constraint: Member must have value less than or equal to 10",
  );
});

test.each([
  [{ name: 1 }, 'NUMBER_VALUE can not be converted to a String'],
  [{ name: true }, 'TRUE_VALUE can not be converted to a String'],
  [{ name: [] }, 'Start of list found where not expected'],
  [{ name: {} }, 'Start of structure or map found where not expected'],
  [{ name: 'a', count: '1' }, 'STRING_VALUE can not be converted to an Integer'],
  [{ name: 'a', on: 'yes' }, 'STRING_VALUE can not be converted to a Boolean'],
  [{ name: 'a', items: {} }, 'Expected list or null'],
  [{ name: 'a', items: [1] }, 'Unexpected field type'],
  [[], 'Unexpected field type'],
  ['text', 'Unexpected field type'],
  [null, 'Unexpected field type'],
])('%j is of the wrong type', (input, message) => {
  expect(refused(input)).toBe(`SerializationException: ${message}`);
});

test('a member that only the prototype has is absent', () => {
  expect(refusal(() => readInput(structure({ toString: text() }, {}), {}))).toContain("Value null at 'toString'");
});
