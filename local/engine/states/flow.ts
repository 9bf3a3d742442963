import type { DataFlow } from '../data-flow';
import type { Fields } from '../definition/fields';
import { compileJsonataFlow, type JsonataFields } from '../jsonata/flow';
import { compileJsonPathFlow, type JsonPathFields } from '../jsonpath/flow';

/** Compiles the fields by which data goes in and out, in the state's language. */
export function compileFlow(fields: Fields, has: JsonPathFields & JsonataFields = {}): DataFlow {
  return fields.language === 'JSONata' ? compileJsonataFlow(fields, has) : compileJsonPathFlow(fields, has);
}
