import * as members from '../input/members';
import { structure } from '../input/shape';
import { pageOf } from '../paging';
import { operation } from './operation';

export const CreateActivity = operation(
  structure({ name: members.name }, { tags: members.tags, encryptionConfiguration: members.encryptionConfiguration }),
  (states, { name, tags = [], encryptionConfiguration }) => {
    const { activity, isNew } = states.activities.create(name, encryptionConfiguration);
    if (isNew) states.tags.add(activity, tags);
    return { activityArn: activity.arn, creationDate: activity.creationDate / 1000 };
  },
);

export const DescribeActivity = operation(structure({ activityArn: members.arn }, {}), (states, { activityArn }) => {
  const { arn, name, creationDate, encryptionConfiguration } = states.activities.get(activityArn);
  return {
    activityArn: arn,
    name,
    creationDate: creationDate / 1000,
    ...(encryptionConfiguration !== undefined && { encryptionConfiguration }),
  };
});

export const ListActivities = operation(structure({}, members.page), (states, input) => {
  const { page, nextToken } = pageOf(states.activities.list(), ({ name }) => name, ['ListActivities'], input);
  const activities = page.map(({ arn, name, creationDate }) => ({
    activityArn: arn,
    name,
    creationDate: creationDate / 1000,
  }));
  return { activities, nextToken };
});

export const DeleteActivity = operation(structure({ activityArn: members.arn }, {}), (states, { activityArn }) => {
  states.activities.delete(activityArn);
  return {};
});

export const GetActivityTask = operation(
  structure({ activityArn: members.arn }, { workerName: members.name }),
  async (states, { activityArn, workerName }, caller) => {
    const task = await states.activities.nextTask(activityArn, workerName, caller);
    return task === undefined ? {} : { taskToken: task.taskToken, input: JSON.stringify(task.parameters) };
  },
);
