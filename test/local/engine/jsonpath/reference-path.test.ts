import type { Json } from '../../../../local/engine';
import { compileReferencePath } from '../../../../local/engine/jsonpath/reference-path';

describe('a reference path', () => {
  test.each<[string, Json, Json]>([
    ['$', { a: 1 }, 'v'],
    ['$.b', { a: 1 }, { a: 1, b: 'v' }],
    ['$.b.c', {}, { b: { c: 'v' } }],
    ["$['a b'].c", { 'a b': { d: 1 } }, { 'a b': { d: 1, c: 'v' } }],
    ['$.a[1]', { a: [1, 2] }, { a: [1, 'v'] }],
    ['$.a[0].b', { a: [{ c: 1 }] }, { a: [{ c: 1, b: 'v' }] }],
  ])('%s puts a value into %p', (path, target, result) => {
    expect(compileReferencePath(path)(target, 'v')).toEqual(result);
  });

  test.each<[string, Json]>([
    ['$.a.b', { a: 1 }],
    ['$.a[3]', { a: [1] }],
    ['$.a', ['not an object']],
  ])('%s does not apply to %p', (path, target) => {
    expect(() => compileReferencePath(path)(target, 'v')).toThrow('Unable to apply step');
  });

  test.each(['$.a[*]', '$..a', '$.a[?(@.b)]', "$['a','b']", '$.a[0:1]', 'a', '$$.a'])('%s is none', (path) => {
    expect(() => compileReferencePath(path)).toThrow();
  });

  test('shares what it does not touch', () => {
    const target = { a: { deep: true }, b: 1 };
    expect((compileReferencePath('$.b')(target, 2) as typeof target).a).toBe(target.a);
  });

  test('puts a value under a key that JavaScript holds special', () => {
    const result = compileReferencePath('$.__proto__.x')({}, 1);
    expect(JSON.stringify(result)).toBe('{"__proto__":{"x":1}}');
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
