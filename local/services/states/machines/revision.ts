import { isDeepStrictEqual } from 'node:util';
import { compile, DefinitionError, type Machine, type MachineType } from '../../../engine';
import { statesError } from '../errors';
import type { encryptionConfiguration, loggingConfiguration, tracingConfiguration } from '../input/members';
import type { ValueOf } from '../input/shape';
import { checkDepth, JsonTextError } from '../json-text';
import { checkRoleArn } from '../names';

/** What of a machine an update may change. */
export interface Configuration {
  readonly definition: string;
  readonly roleArn: string;
  readonly loggingConfiguration: ValueOf<typeof loggingConfiguration>;
  readonly tracingConfiguration: ValueOf<typeof tracingConfiguration>;
  readonly encryptionConfiguration?: ValueOf<typeof encryptionConfiguration>;
}

/** A machine as it is between two updates: what an execution runs, and what a version is made of. */
export interface Revision extends Configuration {
  /** Absent for what the machine was created with. */
  readonly id?: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
  readonly machine: Machine;
}

/** Checks the parts of a configuration that do not depend on the machine, and fills in AWS's defaults. */
export function configure(given: Partial<Configuration> & Pick<Configuration, 'definition' | 'roleArn'>): Configuration {
  checkRoleArn(given.roleArn);
  const { level = 'OFF', includeExecutionData = false, destinations } = given.loggingConfiguration ?? {};
  if (level !== 'OFF' && destinations?.length !== 1) {
    const reason = 'Must specify exactly one Log Destination.';
    throw statesError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${reason}`);
  }
  return {
    definition: given.definition,
    roleArn: given.roleArn,
    loggingConfiguration: { level, includeExecutionData, ...(destinations !== undefined && { destinations }) },
    tracingConfiguration: { enabled: given.tracingConfiguration?.enabled ?? false },
    ...(given.encryptionConfiguration !== undefined && { encryptionConfiguration: given.encryptionConfiguration }),
  };
}

/** Whether two configurations are the same to AWS; the role is left out where creating a machine twice is concerned. */
export function sameConfiguration(a: Configuration, b: Configuration, { ignoreRole }: { ignoreRole: boolean }): boolean {
  return (
    a.definition === b.definition &&
    (ignoreRole || a.roleArn === b.roleArn) &&
    isDeepStrictEqual(a.loggingConfiguration, b.loggingConfiguration) &&
    isDeepStrictEqual(a.tracingConfiguration, b.tracingConfiguration) &&
    isDeepStrictEqual(a.encryptionConfiguration, b.encryptionConfiguration)
  );
}

/** Compiles a definition; throws InvalidDefinition. */
export function compileDefinition(definition: string, type: MachineType): Machine {
  try {
    checkDepth(definition);
    return compile(definition, { type });
  } catch (error) {
    if (error instanceof DefinitionError) throw statesError('InvalidDefinition', error.message);
    if (error instanceof JsonTextError) {
      throw statesError('InvalidDefinition', `Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: ${error.message}'`);
    }
    throw error;
  }
}
