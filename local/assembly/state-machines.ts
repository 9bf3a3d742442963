import type { Assembly } from './assembly';
import { isObject, type Json, type JsonObject, own, textOf, type Value } from './json';
import type { Resource } from './model';

export interface StateMachineResource {
  readonly name: string;
  readonly arn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** Absent where it lies in an S3 object that is no asset, which the assembly's problems then say. */
  readonly definition?: string;
  readonly logicalId: string;
  readonly path: string;
  readonly roleArn?: string;
  /** As the template has it, resolved. */
  readonly loggingConfiguration?: Json;
  /** As the template has it, resolved. */
  readonly tracingConfiguration?: Json;
}

export function stateMachines(assembly: Assembly): StateMachineResource[] {
  return assembly.ofType('AWS::StepFunctions::StateMachine').map((resource) => {
    const { properties, physicalId, logicalId, path } = resource;
    return {
      name: physicalId.slice(physicalId.lastIndexOf(':') + 1),
      arn: physicalId,
      type: properties.StateMachineType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      definition: definitionOf(resource),
      logicalId,
      path,
      roleArn: textOf(properties.RoleArn),
      loggingConfiguration: properties.LoggingConfiguration,
      tracingConfiguration: properties.TracingConfiguration,
    };
  });
}

function definitionOf({ properties, asset }: Resource): string | undefined {
  const text = textOf(properties.DefinitionString) ?? definitionObject(properties.Definition) ?? asset?.text();
  const substitutions = properties.DefinitionSubstitutions;
  return text === undefined || !isObject(substitutions) ? text : substituted(text, substitutions);
}

function definitionObject(definition: Value): string | undefined {
  return definition === undefined ? undefined : JSON.stringify(definition);
}

/** CloudFormation replaces text before anything parses it, so `"Seconds": ${seconds}` is fine. */
function substituted(text: string, substitutions: JsonObject): string {
  return text.replace(/\$\{([^}]+)\}/g, (match, name: string) => textOf(own(substitutions, name)) ?? match);
}
