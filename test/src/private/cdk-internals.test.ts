import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { caughtErrors, hasGraph, nextStates, ownLanguage, retriedErrors, writtenJson } from '../../../src/private/cdk-internals';
import { newStack } from '../support/definitions';

const stateJson = { Type: 'Task', Resource: 'arn:aws:states:::sns:publish' };
const parallel = () => new sfn.Parallel(newStack(), 'Parallel');
const custom = () => new sfn.CustomState(newStack(), 'Custom', { stateJson });

describe.each([
  ['State', parallel],
  ['CustomState', custom],
])('CDK’s %s has the member', (_, newState) => {
  test('retries', () => {
    expect(retriedErrors(newState().addRetry({ errors: ['A', 'B'] }))).toEqual([['A', 'B']]);
  });

  test('catches', () => {
    expect(caughtErrors(newState().addCatch(new sfn.Pass(newStack(), 'Fallback'), { errors: ['A'] }))).toEqual([['A']]);
  });

  test('containingGraph', () => {
    const state = newState();
    expect(hasGraph(state)).toBe(false);
    new sfn.StateGraph(state, 'a machine');
    expect(hasGraph(state)).toBe(true);
  });

  test('outgoingTransitions', () => {
    const state = newState();
    const next = new sfn.Pass(newStack(), 'Next');
    expect(nextStates(state)).toEqual([]);
    state.next(next);
    state.addCatch(new sfn.Pass(newStack(), 'Fallback'));
    expect(nextStates(state)).toEqual([next]);
  });
});

test('CDK’s State has the member queryLanguage', () => {
  expect(ownLanguage(parallel())).toBeUndefined();
  expect(ownLanguage(sfn.Pass.jsonata(newStack(), 'Pass'))).toBe(sfn.QueryLanguage.JSONATA);
});

test('CDK’s CustomState has the member stateJson', () => {
  expect(writtenJson(custom())).toEqual(stateJson);
});
