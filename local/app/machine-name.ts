import { LoadError } from './load-error';

/** The ways to name a machine. */
export interface MachineNames {
  /** What a user calls it: the construct's own id, e.g. `Orders`. */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  /** Construct path, e.g. `Shop/Orders/StateMachine`. */
  readonly path: string;
}

/** Ids that say what a construct is and not which one it is. */
const GENERIC_IDS = new Set(['StateMachine', 'Resource', 'Default']);

/** `Shop/Orders/StateMachine` is called `Orders`. */
export function machineId(path: string, logicalId: string): string {
  const own = path.split('/').filter((id) => !GENERIC_IDS.has(id));
  // a path of generic ids alone still ends in the most telling one there is
  return own.length > 1 ? own[own.length - 1]! : (path.split('/').pop() ?? logicalId);
}

/**
 * The machine that a name stands for: its ARN, name, logical id, construct path (or the path of a construct
 * around it) or construct id.
 */
export function findMachine<T extends MachineNames>(machines: readonly T[], name: string): T {
  const ways: ((machine: T) => boolean)[] = [
    (machine) => machine.arn === name || machine.path === name,
    (machine) => machine.name === name || machine.logicalId === name,
    (machine) => machine.id === name,
    (machine) => machine.path.startsWith(`${name}/`),
    (machine) => machine.path.endsWith(`/${name}`),
  ];
  for (const matches of ways) {
    const found = machines.filter(matches);
    if (found.length === 1) return found[0]!;
    if (found.length > 1) throw new LoadError(`'${name}' could be any of these; give its path`, paths(found));
  }
  if (machines.length === 0) throw new LoadError(`there is no state machine '${name}': the app has none`);
  throw new LoadError(`there is no state machine '${name}'; the app has`, paths(machines));
}

/** The machine of an app that has no other. */
export function onlyMachine<T extends MachineNames>(machines: readonly T[]): T {
  if (machines.length === 1) return machines[0]!;
  if (machines.length === 0) throw new LoadError('the app has no state machine');
  throw new LoadError('the app has several state machines; name one', paths(machines));
}

function paths(machines: readonly MachineNames[]): string[] {
  return machines.map(({ id, path }) => (id === path ? id : `${id} (${path})`)).sort();
}
