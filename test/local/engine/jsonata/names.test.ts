import jsonata from 'jsonata';
import { namesIn } from '../../../../local/engine/jsonata/names';

test.each<[string, string[]]>([
  ['1', []],
  ['$a + $b.c', ['a', 'b']],
  ['$count($states.input.items[price > $limit])', ['count', 'limit', 'states']],
  ['$states.input.($x := a; $x)', ['states', 'x']],
  ['$states.input ~> $f ~> |$|{"a": $g(1)}|', ['', 'f', 'g', 'states']],
])('%s names %p', (text, expected) => {
  expect([...namesIn(jsonata(text).ast()).variables].sort()).toEqual(expected);
});

test.each<[string, boolean]>([
  ['$states.input.a', false],
  ['$states.input[0].a & $states.result', false],
  ['$states.input.context', false],
  ['$states.context.State.Name', true],
  ['$states.`context`', true],
  ['$states', true],
  ['$string($states)', true],
  ['$states.*', true],
  ['$states.**.Name', true],
  ['$states.$lookup($, "context")', true],
  ['$states.(context)', true],
  ['$states["context" in $keys($)]', true],
  ['($s := $states; $s.context)', true],
  ['$states.input.a[$states.context.State.Name = b]', true],
  ['$states#$i.input', true],
])('whether %s could look at the context object: %p', (text, expected) => {
  expect(namesIn(jsonata(text).ast()).context).toBe(expected);
});

test('a variable may be called __proto__', () => {
  expect([...namesIn(jsonata('$__proto__').ast()).variables]).toEqual(['__proto__']);
});
