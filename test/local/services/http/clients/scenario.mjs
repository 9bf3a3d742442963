// What a user of the AWS SDK for JavaScript does, given the endpoint alone. Prints what it saw as JSON.
// The SDK is loaded from where the test found it.
const { SFN, ExecutionAlreadyExists, paginateGetExecutionHistory } = await import(process.argv[2]);

// the host prefix of StartSyncExecution names a host that local resolvers do not know
const client = new SFN({ disableHostPrefix: true, maxAttempts: 1 });
const roleArn = 'arn:aws:iam::123456789012:role/orders';

const { activityArn } = await client.createActivity({ name: 'js' });
const work = { StartAt: 'Work', States: { Work: { Type: 'Task', Resource: activityArn, End: true } } };
const { stateMachineArn } = await client.createStateMachine({ name: 'js', definition: JSON.stringify(work), roleArn });

const worker = (async () => {
  const { taskToken, input } = await client.getActivityTask({ activityArn, workerName: 'anna' });
  await client.sendTaskHeartbeat({ taskToken });
  await client.sendTaskSuccess({ taskToken, output: JSON.stringify({ worked: JSON.parse(input) }) });
})();
const execution = await client.startExecution({ stateMachineArn, name: 'one', input: '{"a":1}' });
await worker;
const shown = await client.describeExecution(execution);
const types = [];
for await (const page of paginateGetExecutionHistory({ client, pageSize: 2 }, { executionArn: execution.executionArn })) {
  types.push(...page.events.map(({ type }) => type));
}
const refusal = await client.startExecution({ stateMachineArn, name: 'one', input: '{}' }).catch((error) => {
  if (!(error instanceof ExecutionAlreadyExists)) throw error;
  return error.message;
});

const passes = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
const express = await client.createStateMachine({
  name: 'js-express',
  definition: JSON.stringify(passes),
  roleArn,
  type: 'EXPRESS',
});
const sync = await client.startSyncExecution({ stateMachineArn: express.stateMachineArn, input: '"now"' });

console.log(
  JSON.stringify({
    status: shown.status,
    output: shown.output,
    seconds: (shown.stopDate.getTime() - execution.startDate.getTime()) / 1000,
    types,
    refusal,
    sync: [sync.status, sync.output],
  }),
);
