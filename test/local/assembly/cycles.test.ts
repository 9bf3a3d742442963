// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub

import * as fc from 'fast-check';
import { readTemplate } from '../../../local/assembly';
import { findCycles } from '../../../local/assembly/cycles';

describe('findCycles', () => {
  test('a diamond has none', () => {
    expect(
      findCycles(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['d']],
          ['c', ['d']],
        ]),
      ),
    ).toEqual([]);
  });

  test('a node on itself is one', () => {
    expect(findCycles(new Map([['a', ['a']]]))).toEqual([['a']]);
  });

  test('a cycle is found behind what leads to it', () => {
    expect(
      findCycles(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual([['b', 'c']]);
  });

  test('a chain of 100,000 does not exhaust the stack', () => {
    const chain = new Map(Array.from({ length: 100_000 }, (_, index) => [`n${index}`, [`n${(index + 1) % 100_000}`]]));
    expect(findCycles(chain)[0]).toHaveLength(100_000);
  });

  test('there is a cycle exactly when taking away leaves, again and again, does not take all', () => {
    const node = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node), { maxLength: 8 }), (pairs) => {
        const edges = new Map<string, string[]>();
        for (const [from, to] of pairs) edges.set(from, [...(edges.get(from) ?? []), to]);
        const cycles = findCycles(edges);
        expect(cycles.length > 0).toBe(hasCycle(edges));
        for (const cycle of cycles) {
          cycle.forEach((from, index) => {
            expect(edges.get(from)).toContain(cycle[(index + 1) % cycle.length]);
          });
        }
      }),
    );
  });
});

function hasCycle(edges: ReadonlyMap<string, readonly string[]>): boolean {
  const left = new Map(edges);
  for (;;) {
    const leaf = [...left.keys()].find((node) => left.get(node)!.every((target) => !left.has(target)));
    if (leaf === undefined) return left.size > 0;
    left.delete(leaf);
  }
}

describe('circular references', () => {
  test('names that are made of each other are reported, and loading goes on', () => {
    const assembly = readTemplate({
      Resources: {
        A: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['B', 'TopicName'] } } },
        B: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['A', 'TopicName'] } } },
        C: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'fine' } },
      },
    });
    expect(assembly.byArn('arn:aws:sns:us-east-1:123456789012:fine')?.logicalId).toBe('C');
    expect(assembly.problems.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/the value depends on itself: Stack: A\.TopicName -> Stack: B\.TopicName -> Stack: A\.TopicName/),
      ]),
    );
  });

  test('resources that depend on each other are reported, as CloudFormation would refuse them', () => {
    const { problems } = readTemplate({
      Resources: {
        Fn: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { MACHINE: { Ref: 'Machine' } } } } },
        Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: { 'Fn::Sub': '${Fn.Arn}' } } },
      },
    });
    expect(problems).toEqual([
      {
        stack: 'Stack',
        resource: 'Stack/Fn (AWS::Lambda::Function)',
        property: 'Environment.Variables.MACHINE',
        reason: 'circular dependency Fn -> Machine -> Fn, which CloudFormation refuses; move one reference out',
      },
    ]);
  });

  test('DependsOn counts', () => {
    const { problems } = readTemplate({
      Resources: { A: { Type: 'T', DependsOn: 'B' }, B: { Type: 'T', DependsOn: ['A'] } },
    });
    expect(problems).toEqual([expect.objectContaining({ resource: 'Stack/A (T)', property: 'DependsOn' })]);
  });
});
