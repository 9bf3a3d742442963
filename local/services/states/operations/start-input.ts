import * as members from '../input/members';
import { structure } from '../input/shape';

export const startExecutionInput = structure(
  { stateMachineArn: members.arn },
  { name: members.name, input: members.data, traceHeader: members.traceHeader },
);
