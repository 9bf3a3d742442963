import type { Json } from '../host';
import { isObject } from '../json';
import type { Resource } from '../tasks/resource';
import { API_MODELS } from './api-models/api-models';
import { invalid, type TestStateRefusal } from './refusal';
import type { FieldValidationMode } from './request';

interface Shape {
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly items?: string;
  readonly values?: string;
  readonly type?: 'string' | 'number' | 'boolean';
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
}

interface Model {
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The optimized integrations that the SDK integrations call otherwise. */
const SDK_NAMES: Readonly<Record<string, string>> = { states: 'sfn', events: 'eventbridge' };

const UNLIMITED: Readonly<Record<string, Shape>> = {
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
};

/**
 * Holds a mocked result against the model of the API. A service without a model here is not checked, nor is what a task
 * waits for: its result is not the operation's.
 */
export function checkResult(result: Json, resource: Resource, mode: FieldValidationMode): void {
  if (mode === 'NONE' || resource.type === undefined || resource.pattern !== 'requestResponse') return;
  const service = resource.type.replace(/^aws-sdk:/, '');
  const model = modelOf(SDK_NAMES[service] ?? service);
  if (model === undefined || !Object.hasOwn(model.operations, resource.action)) return;
  if (!isObject(result)) throw wrong('The result must be an object');
  // the optimized integration hands on the function's answer as the JSON that it is
  const unchecked = resource.type === 'lambda' ? ['Payload'] : [];
  new Check(model, mode, unchecked).value(result, model.operations[resource.action], '');
}

function modelOf(service: string): Model | undefined {
  return Object.hasOwn(API_MODELS, service) ? JSON.parse(API_MODELS[service]) : undefined;
}

class Check {
  constructor(
    private readonly model: Model,
    private readonly mode: FieldValidationMode,
    private readonly unchecked: readonly string[],
  ) {}

  /** @param field the nearest field's name, which is all that AWS tells of the place */
  value(value: Json, name: string, field: string): void {
    const shape = this.model.shapes[name] ?? UNLIMITED[name];
    if (shape === undefined || this.unchecked.includes(field)) return;
    const { members, items, values } = shape;
    if (members !== undefined) this.structure(value, members, shape.required ?? [], field);
    else if (items !== undefined) this.list(value, items, field);
    else if (values !== undefined) this.map(value, values, field);
    else scalar(value, shape, field);
  }

  /** Fields that the model does not know are let through. */
  private structure(value: Json, members: Readonly<Record<string, string>>, required: readonly string[], field: string): void {
    if (!isObject(value)) throw wrong(`Field '${field}' must be an object`);
    const missing = required.find((name) => !Object.hasOwn(value, name));
    if (this.mode === 'STRICT' && missing !== undefined) throw wrong(`Required field '${missing}' is missing`);
    for (const [name, item] of Object.entries(value)) if (Object.hasOwn(members, name)) this.value(item, members[name], name);
  }

  private list(value: Json, items: string, field: string): void {
    if (!Array.isArray(value)) throw wrong(`Field '${field}' must be an array`);
    for (const item of value) this.value(item, items, field);
  }

  private map(value: Json, values: string, field: string): void {
    if (!isObject(value)) throw wrong(`Field '${field}' must be an object`);
    for (const item of Object.values(value)) this.value(item, values, field);
  }
}

function scalar(value: Json, { type, min, max, enum: allowed }: Shape, field: string): void {
  if (typeof value !== type) throw wrong(`Field '${field}' must be a ${type}`);
  if (allowed !== undefined && !allowed.includes(value as string)) throw wrong(`Field '${field}' is not an expected value`);
  if (typeof value === 'number') {
    if (min !== undefined && value < min) throw wrong(`Field '${field}' is less than the minimum value`);
    if (max !== undefined && value > max) throw wrong(`Field '${field}' exceeds the maximum value`);
  }
  if (typeof value === 'string') {
    if (min !== undefined && value.length < min) throw wrong(`Field '${field}' is smaller than the minimum length`);
    if (max !== undefined && value.length > max) throw wrong(`Field '${field}' exceeds the maximum length`);
  }
}

function wrong(reason: string): TestStateRefusal {
  return invalid(`Mock result schema validation error: ${reason}`);
}
