import { conflict, stateMachineDeleting, statesError } from '../errors';
import * as members from '../input/members';
import { integer, list, structure, text } from '../input/shape';
import { Alias } from '../machines/alias';
import type { MachineStore } from '../machines/machine-store';
import { resolveRouting } from '../machines/routing';
import { pageOf } from '../paging';
import { operation } from './operation';

const aliasName = text({ min: 1, max: 80, pattern: '^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$' });

const routingConfiguration = list(
  structure({ stateMachineVersionArn: members.arn, weight: integer(0, 100) }, {}, 'RoutingConfigurationListItem'),
  1,
  2,
);

export const CreateStateMachineAlias = operation(
  structure({ name: aliasName, routingConfiguration }, { description: members.description }),
  (states, { name, description, routingConfiguration: routes }) => {
    const { machine, routing } = resolveRouting(routes, states.machines);
    if (machine.deleting) throw stateMachineDeleting(machine.arn);
    const existing = machine.aliases.get(name);
    if (existing !== undefined && !existing.matches(description, routing)) {
      throw conflict(
        'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
      );
    }
    const alias = existing ?? new Alias(`${machine.arn}:${name}`, name, states.clock.now(), { description, routing });
    machine.aliases.set(name, alias);
    return { stateMachineAliasArn: alias.arn, creationDate: alias.creationDate / 1000 };
  },
);

export const UpdateStateMachineAlias = operation(
  structure({ stateMachineAliasArn: members.arn }, { description: members.description, routingConfiguration }),
  (states, { stateMachineAliasArn, description, routingConfiguration: routes }) => {
    if (description === undefined && routes === undefined) {
      const message = 'Either the description or the RoutingConfiguration must be specified';
      throw statesError('MissingRequiredParameter', message);
    }
    const { routing } = routes === undefined ? {} : resolveRouting(routes, states.machines);
    const alias = findAlias(states.machines, stateMachineAliasArn);
    alias.description = description ?? alias.description;
    alias.routing = routing ?? alias.routing;
    alias.updateDate = states.clock.now();
    return { updateDate: alias.updateDate / 1000 };
  },
);

export const DescribeStateMachineAlias = operation(
  structure({ stateMachineAliasArn: members.arn }, {}),
  (states, { stateMachineAliasArn }) => {
    const { arn, name, description, routing, creationDate, updateDate } = findAlias(states.machines, stateMachineAliasArn);
    return {
      stateMachineAliasArn: arn,
      name,
      ...(description !== undefined && { description }),
      routingConfiguration: routing.map(({ version, weight }) => ({ stateMachineVersionArn: version.arn, weight })),
      creationDate: creationDate / 1000,
      updateDate: updateDate / 1000,
    };
  },
);

export const DeleteStateMachineAlias = operation(
  structure({ stateMachineAliasArn: members.arn }, {}),
  (states, { stateMachineAliasArn }) => {
    const { machine, alias } = states.machines.find(stateMachineAliasArn) ?? {};
    if (alias !== undefined) machine?.aliases.delete(alias.name);
    return {};
  },
);

export const ListStateMachineAliases = operation(
  structure({ stateMachineArn: members.arn }, members.page),
  (states, { stateMachineArn, ...paging }) => {
    const { machine, version } = states.machines.locate(stateMachineArn);
    const aliases = [...machine.aliases.values()]
      .map((alias, order) => ({ alias, order }))
      .filter(({ alias }) => version === undefined || alias.leadsTo(version));
    const scope = ['ListStateMachineAliases', stateMachineArn];
    const { page, nextToken } = pageOf(aliases, ({ order }) => order, scope, paging);
    const stateMachineAliases = page.map(({ alias }) => ({
      stateMachineAliasArn: alias.arn,
      creationDate: alias.creationDate / 1000,
    }));
    return { stateMachineAliases, nextToken };
  },
);

function findAlias(machines: MachineStore, arn: string): Alias {
  const { alias } = machines.find(arn) ?? {};
  if (alias === undefined) throw statesError('ResourceNotFound', 'Request references a resource that does not exist.');
  return alias;
}
