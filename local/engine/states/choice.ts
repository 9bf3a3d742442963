import { compileCondition } from '../choice/rule';
import { type Eventual, settled } from '../control/suspensions';
import type { DataFlow, Outcome } from '../data-flow';
import type { Fields } from '../definition/fields';
import { runtimeFailure } from '../failures';
import type { Json } from '../host';
import { isObject, type JsonObject } from '../json';
import { isExpression } from '../jsonata/expression';
import { compileTyped } from '../jsonata/typed-field';
import type { Scope } from '../scope';
import { compileFlow } from './flow';
import { leadsTo, type State } from './state';

interface Rule {
  readonly next: string;
  matches(data: Json, scope: Scope): Eventual<boolean>;
  /** The rule's own Output and Assign; the input goes on as it is where it has none. */
  finish(input: Json, scope: Scope): Eventual<Outcome>;
}

/** Goes where the first matching rule leads, or to Default. */
export function compileChoice(name: string, fields: Fields): State {
  const flow = compileFlow(fields);
  const rules = compileRules(fields);
  const otherwise = fields.string('Default');
  return {
    name,
    type: 'Choice',
    *run(visit) {
      const data = flow.select(visit.input, visit);
      for (const rule of rules) {
        if (yield* settled(rule.matches(data, visit))) return leadsTo(yield* settled(rule.finish(visit.input, visit)), rule.next);
      }
      if (otherwise === undefined)
        throw runtimeFailure('Failed to transition out of the state. The state does not point to a next state.');
      return leadsTo(yield* settled(flow.passOn(visit.input, visit)), otherwise);
    },
  };
}

/** Names every state that a Choice state can lead to. */
export function choiceTargets(source: JsonObject): { target: Json | undefined; location: string }[] {
  const rules = Array.isArray(source.Choices) ? source.Choices : [];
  const targets = rules.map((rule, i) => ({ target: isObject(rule) ? rule.Next : undefined, location: `Choices[${i}]/Next` }));
  return source.Default === undefined ? targets : [...targets, { target: source.Default, location: 'Default' }];
}

function compileRules(fields: Fields): Rule[] {
  fields.require('Choices');
  const choices = fields.array('Choices') ?? [];
  if (fields.has('Choices') && choices.length === 0) fields.complain('The list must not be empty', 'Choices');
  return choices.flatMap((choice, i) => {
    if (isObject(choice)) return [compileRule(fields, fields.nested(choice, 'Choices', i))];
    fields.complain(`Expected an object but was: ${JSON.stringify(choice)}`, `Choices[${i}]`);
    return [];
  });
}

function compileRule(state: Fields, fields: Fields): Rule {
  fields.require('Next');
  const next = fields.string('Next') ?? '';
  const jsonata = fields.language === 'JSONata';
  const matches = jsonata ? compileExpressionCondition(fields) : compileCondition(fields);
  const flow = jsonata ? compileFlow(fields) : compilePathRuleFlow(state, fields);
  fields.finish();
  return { next, matches, finish: flow.passOn };
}

/** In JSONPath a rule has its own Assign, and the paths of the state. */
function compilePathRuleFlow(state: Fields, rule: Fields): DataFlow {
  const source: JsonObject = {};
  for (const name of ['InputPath', 'OutputPath']) if (state.has(name)) source[name] = state.source[name];
  if (rule.has('Assign')) source.Assign = rule.take('Assign') as Json;
  return compileFlow(rule.nested(source));
}

function compileExpressionCondition(fields: Fields): Rule['matches'] {
  fields.require('Condition');
  const source = fields.take('Condition');
  if (typeof source === 'boolean') return () => source;
  const template = compileTyped(fields, 'Condition', 'boolean');
  if (source !== undefined && !isExpression(source))
    fields.complain(`Expected a JSONata expression but was: ${JSON.stringify(source)}`, 'Condition');
  return async (input, scope) => (await template?.({ input }, scope)) === true;
}
