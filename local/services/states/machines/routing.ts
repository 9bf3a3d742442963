import { validationError } from '../errors';
import type { Routing } from './alias';
import type { MachineStore } from './machine-store';
import type { StateMachine } from './state-machine';

export interface Route {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

/** Looks the versions of a routing up; throws in AWS's order of checks. */
export function resolveRouting(routes: readonly Route[], machines: MachineStore): { machine: StateMachine; routing: Routing } {
  const arns = routes.map((route) => route.stateMachineVersionArn);
  const received = `Received: [${arns.join(', ')}]`;
  if (new Set(arns).size < arns.length) {
    throw validationError(`Routing configuration must contain distinct state machine version ARNs. ${received}`);
  }
  const weights = routes.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) {
    throw validationError(`Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`);
  }
  const found = routes.map(({ stateMachineVersionArn, weight }) => {
    const { machine, version } = machines.find(stateMachineVersionArn) ?? {};
    if (machine === undefined || version === undefined) {
      throw validationError(`Routing configuration must contain state machine version ARNs. ${received}`);
    }
    return { machine, version, weight };
  });
  const [{ machine }] = found;
  if (found.some((route) => route.machine !== machine)) {
    throw validationError(`Routing configuration must contain versions of the same state machine. ${received}`);
  }
  return { machine, routing: found.map(({ version, weight }) => ({ version, weight })) };
}
