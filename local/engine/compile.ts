import { type Compilation, Fields, type MachineType } from './definition/fields';
import { compileGraph } from './definition/graph';
import { DefinitionError, type Problem } from './definition/problems';
import type { Json } from './host';
import { isObject, MAX_NESTING, nestsTooDeeply } from './json';
import type { Machine } from './machine';

export interface CompileOptions {
  /** @default STANDARD */
  readonly type?: MachineType;
}

/** Compiles a definition, given as JSON text or as the value it holds. Throws a `DefinitionError` that lists every problem. */
export function compile(definition: string | Json, options: CompileOptions = {}): Machine {
  const type = options.type ?? 'STANDARD';
  const source = typeof definition === 'string' ? parse(definition) : definition;
  if (!isObject(source)) {
    throw new DefinitionError([
      { code: 'SCHEMA_VALIDATION_FAILED', location: '', message: 'Definition must be a valid JSON object' },
    ]);
  }
  if (nestsTooDeeply(source)) {
    const message = `Definition must not nest more than ${MAX_NESTING} levels deep`;
    throw new DefinitionError([{ code: 'SCHEMA_VALIDATION_FAILED', location: '', message }]);
  }
  const problems: Problem[] = [];
  const queryLanguage = source.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath';
  const compilation: Compilation = { type, language: queryLanguage, problems };
  const fields = new Fields(source, '', compilation, queryLanguage);
  fields.oneOf('QueryLanguage', ['JSONPath', 'JSONata']);
  fields.string('Version');
  const comment = fields.string('Comment');
  const timeoutSeconds = fields.integer('TimeoutSeconds', 1);
  const graph = compileGraph(fields);
  fields.finish();
  if (problems.length > 0) throw new DefinitionError(problems);
  return { ...graph, type, queryLanguage, comment, timeoutSeconds };
}

function parse(text: string): Json {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DefinitionError([{ code: 'INVALID_JSON_DESCRIPTION', location: '', message: (error as Error).message }]);
  }
}
