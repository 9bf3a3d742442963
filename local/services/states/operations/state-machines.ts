import { stateMachineDeleting, stateMachineDoesNotExist, statesError, validationError } from '../errors';
import * as members from '../input/members';
import { flag, structure } from '../input/shape';
import { compileDefinition, configure, type Revision, sameConfiguration } from '../machines/revision';
import { StateMachine } from '../machines/state-machine';
import { checkName } from '../names';
import { pageOf } from '../paging';
import { operation } from './operation';

const configuration = {
  loggingConfiguration: members.loggingConfiguration,
  tracingConfiguration: members.tracingConfiguration,
  encryptionConfiguration: members.encryptionConfiguration,
  publish: flag,
  versionDescription: members.description,
};

export const CreateStateMachine = operation(
  structure(
    { name: members.name, definition: members.definition, roleArn: members.arn },
    { type: members.machineType, tags: members.tags, ...configuration },
  ),
  (states, input) => {
    checkPublishing(input);
    checkName(input.name);
    const { name, type = 'STANDARD', tags = [], publish, versionDescription } = input;
    const given = configure(input);
    const arn = states.arns.stateMachine(name);
    const existing = states.machines.find(arn)?.machine;
    if (existing !== undefined) {
      if (existing.deleting) throw stateMachineDeleting(arn);
      if (existing.type !== type || !sameConfiguration(existing.revision, given, { ignoreRole: true })) {
        throw statesError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      return created(existing, publish === true ? existing.publish(states.clock.now(), versionDescription).arn : undefined);
    }
    const date = states.clock.now();
    const machine = new StateMachine(arn, name, type, date, {
      ...given,
      date,
      machine: compileDefinition(given.definition, type),
    });
    states.tags.add(machine, tags);
    states.machines.add(machine);
    return created(machine, publish === true ? machine.publish(date, versionDescription).arn : undefined);
  },
);

export const UpdateStateMachine = operation(
  structure({ stateMachineArn: members.arn }, { definition: members.definition, roleArn: members.arn, ...configuration }),
  (states, input) => {
    checkPublishing(input);
    const { definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration } = input;
    const machine = states.machines.getActive(input.stateMachineArn);
    if (!(definition ?? roleArn ?? loggingConfiguration ?? tracingConfiguration ?? encryptionConfiguration)) {
      throw statesError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    const current = machine.revision;
    const changed = configure({
      definition: definition ?? current.definition,
      roleArn: roleArn ?? current.roleArn,
      loggingConfiguration: loggingConfiguration ?? current.loggingConfiguration,
      tracingConfiguration: tracingConfiguration ?? current.tracingConfiguration,
      encryptionConfiguration: encryptionConfiguration ?? current.encryptionConfiguration,
    });
    const date = states.clock.now();
    if (!sameConfiguration(current, changed, { ignoreRole: false })) {
      const compiled = compileDefinition(changed.definition, machine.type);
      machine.revision = { ...changed, date, machine: compiled, id: states.uuid() };
    }
    const version = input.publish === true ? machine.publish(date, input.versionDescription) : undefined;
    return {
      updateDate: date / 1000,
      ...revisionId(machine.revision),
      ...(version !== undefined && { stateMachineVersionArn: version.arn }),
    };
  },
);

export const DeleteStateMachine = operation(structure({ stateMachineArn: members.arn }, {}), (states, { stateMachineArn }) => {
  const { machine, version, alias } = states.machines.find(stateMachineArn) ?? {};
  if (machine !== undefined && version === undefined && alias === undefined) states.executor.delete(machine);
  return {};
});

export const DescribeStateMachine = operation(
  structure({ stateMachineArn: members.arn }, { includedData: members.includedData }),
  (states, { stateMachineArn, includedData }) => {
    const { machine, version, alias } = states.machines.locate(stateMachineArn);
    if (alias !== undefined) throw stateMachineDoesNotExist(stateMachineArn);
    const revision = version?.revision ?? machine.revision;
    return {
      stateMachineArn,
      name: machine.name,
      status: machine.deleting ? 'DELETING' : 'ACTIVE',
      type: machine.type,
      creationDate: (version ?? machine).creationDate / 1000,
      ...described(revision, includedData),
      ...(version?.description !== undefined && { description: version.description }),
    };
  },
);

export const DescribeStateMachineForExecution = operation(
  structure({ executionArn: members.arn }, { includedData: members.includedData }),
  (states, { executionArn, includedData }) => {
    const { machine, revision } = states.executions.get(executionArn).origin.target;
    return {
      stateMachineArn: machine.arn,
      name: machine.name,
      updateDate: revision.date / 1000,
      ...described(revision, includedData),
    };
  },
);

export const ListStateMachines = operation(structure({}, members.page), (states, input) => {
  const { page, nextToken } = pageOf(states.machines.list(), ({ name }) => name, ['ListStateMachines'], input);
  const stateMachines = page.map(({ arn, name, type, creationDate }) => ({
    stateMachineArn: arn,
    name,
    type,
    creationDate: creationDate / 1000,
  }));
  return { stateMachines, nextToken };
});

function checkPublishing({ publish, versionDescription }: { publish?: boolean; versionDescription?: string }): void {
  if (publish !== true && versionDescription !== undefined) {
    throw validationError('Version description can only be set when publish is true');
  }
}

function created({ arn, creationDate }: StateMachine, versionArn: string | undefined) {
  return {
    stateMachineArn: arn,
    creationDate: creationDate / 1000,
    ...(versionArn !== undefined && { stateMachineVersionArn: versionArn }),
  };
}

function described(revision: Revision, includedData: string | undefined) {
  const { definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration } = revision;
  return {
    definition: includedData === 'METADATA_ONLY' ? '{}' : definition,
    roleArn,
    loggingConfiguration,
    tracingConfiguration,
    ...(encryptionConfiguration !== undefined && { encryptionConfiguration }),
    ...revisionId(revision),
  };
}

function revisionId({ id }: Revision) {
  return id === undefined ? {} : { revisionId: id };
}
