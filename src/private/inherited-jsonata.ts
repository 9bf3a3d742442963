import { Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { invalid } from './invalid';

const assumed = new WeakMap<Stack, Set<sfn.State>>();

/** Fails synthesis if the state, which is given a ResultPath, takes the language JSONata from its machine. */
export function assumeJsonPath(state: sfn.State): void {
  const stack = Stack.of(state);
  const states = assumed.get(stack) ?? new Set();
  if (!assumed.has(stack)) {
    assumed.set(stack, states);
    // once for a stack, and not for each state: a state does not know its machine
    stack.node.addValidation({ validate: () => inheritingStates(stack, states) });
  }
  states.add(state);
}

interface DefinitionJson {
  readonly QueryLanguage?: string;
  readonly States: { readonly [name: string]: StateJson };
}

interface StateJson {
  readonly QueryLanguage?: string;
  readonly Catch?: { readonly ResultPath?: string }[];
  readonly Branches?: DefinitionJson[];
  readonly ItemProcessor?: DefinitionJson;
  readonly Iterator?: DefinitionJson;
}

function inheritingStates(stack: Stack, assumedJsonPath: Set<sfn.State>): string[] {
  const names = new Set([...assumedJsonPath].map((state) => state.stateId));
  const machines = stack.node.findAll().filter((one) => one instanceof sfn.StateMachine);
  return machines.flatMap((machine) => {
    const definition = definitionOf(machine);
    const states = definition?.QueryLanguage === sfn.QueryLanguage.JSONATA ? statesWithResultPath(definition) : [];
    return states
      .filter((name) => names.has(name))
      .map((name) => {
        const fix =
          `the machine is written in JSONata, but state '${name}' names no language and counts as JSONPath: ` +
          'make it with .jsonata(), give it queryLanguage, or QueryLanguage in its stateJson';
        return invalid('keepInput', true, fix, machine).message;
      });
  });
}

function definitionOf(machine: sfn.StateMachine): DefinitionJson | undefined {
  const { definitionString } = machine.node.defaultChild as sfn.CfnStateMachine;
  const text = Stack.of(machine).resolve(definitionString);
  const parts: unknown[] = typeof text === 'string' ? [text] : (text?.['Fn::Join']?.[1] ?? []);
  // a value of the deployment may stand inside a text or alone, and is neither name nor language
  const json = parts.map((part) => (typeof part === 'string' ? part : '0')).join('');
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // written by hand, with substitutions, or in a file
  }
}

function statesWithResultPath({ States }: DefinitionJson): string[] {
  return Object.entries(States).flatMap(([name, state]) => {
    const inner = [...(state.Branches ?? []), state.ItemProcessor, state.Iterator].filter((one) => one !== undefined);
    const given = !state.QueryLanguage && state.Catch?.some(({ ResultPath }) => ResultPath !== undefined);
    return [...(given ? [name] : []), ...inner.flatMap(statesWithResultPath)];
  });
}
