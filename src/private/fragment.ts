import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { statesOf } from './fallible-state';
import { invalid } from './invalid';

// https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html
const LONGEST_STATE_NAME = 80;

/**
 * What all fragments of this library share: their states bear a prefix once, and fit AWS's limit with it.
 *
 * @internal
 */
export abstract class Fragment extends sfn.StateMachineFragment {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.overlongNames() });
  }

  /**
   * Prefixes the names of the states which do not begin with the prefix yet.
   *
   * The states bear the construct id as a prefix from the start, so `toSingleState()` leaves them as they are.
   * States that were passed in from outside keep their names.
   *
   * @param prefix The prefix, with its separator. Default: the construct id, a colon and a space.
   */
  public prefixStates(prefix?: string): sfn.StateMachineFragment {
    const added = prefix || `${this.id}: `;
    for (const state of this.node.findAll().filter(isState)) {
      if (!state.stateId.startsWith(added)) {
        state.addPrefix(added);
      }
    }
    return this;
  }

  /** Of what is made here and what was passed in from outside; an outer fragment names a state before an inner one does. */
  private overlongNames(): string[] {
    const states = new Set([...this.node.findAll().filter(isState), ...statesOf(this)]);
    return [...states]
      .filter((state) => [...state.stateId].length > LONGEST_STATE_NAME)
      .filter((state) => namedBy(state, this) === this)
      .map((state) => {
        const length = [...state.stateId].length;
        const fix = `a state name has at most ${LONGEST_STATE_NAME} characters with its prefix, this one ${length}: shorten the construct id`;
        return invalid('state name', state.stateId, fix).message;
      });
  }
}

const namers = new WeakMap<sfn.State, Fragment>();

/** The first fragment that found the state's name too long. */
function namedBy(state: sfn.State, fragment: Fragment): Fragment {
  const namer = namers.get(state) ?? fragment;
  namers.set(state, namer);
  return namer;
}

function isState(construct: unknown): construct is sfn.State {
  return construct instanceof sfn.State;
}
