import type { Json } from '../../../../local/engine';
import { compileTemplate } from '../../../../local/engine/jsonpath/payload-template';
import { NO_VARIABLES } from '../../../../local/engine/scope';
import { host } from '../fixture';

const scope = { host: host(), context: {}, variables: NO_VARIABLES };

function evaluate(source: Json, data: Json = {}): Json {
  return compileTemplate(source, '/Parameters', (field) => {
    throw new Error(`complained of ${field}`);
  })(data, scope);
}

describe('a payload template', () => {
  test('evaluates fields that end in .$, at any depth, and takes all others as they are', () => {
    const source = { 'a.$': '$.x', b: { 'c.$': "States.Format('{}!', $.x)" }, d: ['$.x', { 'e.$': '$' }], f: '$.x' };
    expect(evaluate(source, { x: 1 })).toEqual({ a: 1, b: { c: '1!' }, d: ['$.x', { e: { x: 1 } }], f: '$.x' });
  });

  test('is itself where it holds nothing to evaluate', () => {
    const source = { a: [1, { b: null }] };
    expect(evaluate(source)).toBe(source);
  });

  test.each<Json>([1, 'no path', 'States.Nothing()', '$.a[', null, "States.Format('\\\"')"])(
    'complains of a field whose value is %p',
    (value) => {
      expect(() => evaluate({ 'a.$': value })).toThrow('complained of a.$');
    },
  );
});
