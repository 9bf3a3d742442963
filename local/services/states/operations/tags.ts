import { parseArn } from '../arn';
import { resourceNotFound } from '../errors';
import * as members from '../input/members';
import { list, structure, text } from '../input/shape';
import { operation, type States } from './operation';

export const TagResource = operation(
  structure({ resourceArn: members.arn, tags: members.tags }, {}),
  (states, { resourceArn, tags }) => {
    states.tags.add(taggable(states, resourceArn), tags);
    return {};
  },
);

export const UntagResource = operation(
  structure({ resourceArn: members.arn, tagKeys: list(text({ min: 1, max: 128 })) }, {}),
  (states, { resourceArn, tagKeys }) => {
    states.tags.remove(taggable(states, resourceArn), tagKeys);
    return {};
  },
);

export const ListTagsForResource = operation(structure({ resourceArn: members.arn }, {}), (states, { resourceArn }) => ({
  tags: states.tags.list(taggable(states, resourceArn)),
}));

/** A machine or an activity; versions and aliases have no tags. */
function taggable(states: States, arn: string): object {
  const { type } = parseArn(arn, 'stateMachine', 'activity');
  if (type === 'activity') {
    const activity = states.activities.find(arn);
    if (activity !== undefined) return activity;
  } else {
    const { machine, version, alias } = states.machines.find(arn) ?? {};
    if (machine !== undefined && version === undefined && alias === undefined) return machine;
  }
  throw resourceNotFound(arn);
}
