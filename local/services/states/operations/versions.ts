import * as members from '../input/members';
import { structure } from '../input/shape';
import { pageOf } from '../paging';
import { operation } from './operation';

export const PublishStateMachineVersion = operation(
  structure({ stateMachineArn: members.arn }, { revisionId: members.revisionId, description: members.description }),
  (states, { stateMachineArn, revisionId, description }) => {
    const version = states.machines.getActive(stateMachineArn).publish(states.clock.now(), description, revisionId);
    return { creationDate: version.creationDate / 1000, stateMachineVersionArn: version.arn };
  },
);

export const DeleteStateMachineVersion = operation(
  structure({ stateMachineVersionArn: members.longArn }, {}),
  (states, { stateMachineVersionArn }) => {
    const { machine, version } = states.machines.find(stateMachineVersionArn) ?? {};
    if (version !== undefined) machine?.deleteVersion(version);
    return {};
  },
);

export const ListStateMachineVersions = operation(
  structure({ stateMachineArn: members.arn }, members.page),
  (states, { stateMachineArn, ...paging }) => {
    const newestFirst = [...states.machines.get(stateMachineArn).versions.values()].reverse();
    const scope = ['ListStateMachineVersions', stateMachineArn];
    const { page, nextToken } = pageOf(newestFirst, ({ number }) => -number, scope, paging);
    const stateMachineVersions = page.map(({ arn, creationDate }) => ({
      stateMachineVersionArn: arn,
      creationDate: creationDate / 1000,
    }));
    return { stateMachineVersions, nextToken };
  },
);
