import { isObject, type JsonObject } from '../json';
import type { Resource } from '../tasks/resource';
import { invalid, type TestStateRefusal } from './refusal';

interface Fields {
  readonly [name: string]: 'string' | 'number' | 'any' | Fields;
}

/** What a context object may hold: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
const CONTEXT: Fields = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
  Map: { Item: { Index: 'number', Key: 'string', Value: 'any', Source: 'string' } },
};

/** @param resource the task's; absent for states of other types */
export function checkContext(context: JsonObject, resource: Resource | undefined): void {
  check(context, CONTEXT, '');
  if ('Task' in context && (resource === undefined || resource.pattern === 'requestResponse')) {
    throw wrong(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  }
}

function check(value: JsonObject, allowed: Fields, path: string): void {
  for (const [name, item] of Object.entries(value)) {
    if (!Object.hasOwn(allowed, name)) throw wrong(`Field '${name}' is not allowed`);
    const expected = allowed[name];
    if (typeof expected === 'object') {
      if (!isObject(item)) throw wrong(`${path}${name} must be an object`);
      check(item, expected, `${path}${name}.`);
    } else if (expected !== 'any' && typeof item !== expected) {
      throw wrong(`${path}${name} must be a ${expected}`);
    }
  }
}

function wrong(reason: string): TestStateRefusal {
  return invalid(`Invalid Context object provided: ${reason}`);
}
