export const passChoiceSucceed = {
  StartAt: 'Mark',
  States: {
    Mark: { Type: 'Pass', Result: { marked: true }, ResultPath: '$.check', Next: 'Decide' },
    Decide: { Type: 'Choice', Choices: [{ Variable: '$.type', StringEquals: 'PURCHASE', Next: 'Done' }], Default: 'Unknown' },
    Done: { Type: 'Succeed' },
    Unknown: { Type: 'Fail', Error: 'UnknownType' },
  },
};

export const input = JSON.stringify({ type: 'PURCHASE' });

export const waiting = {
  StartAt: 'Later',
  States: { Later: { Type: 'Wait', Seconds: 3600, End: true } },
};
