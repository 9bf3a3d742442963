import { parseArn } from '../arn';
import { stateMachineDeleting, stateMachineDoesNotExist } from '../errors';
import type { Alias } from './alias';
import type { Revision } from './revision';
import type { StateMachine } from './state-machine';
import type { Version } from './version';

/** What an ARN stands for: a machine, one of its versions or one of its aliases. */
export interface Located {
  readonly machine: StateMachine;
  readonly version?: Version;
  readonly alias?: Alias;
}

/** What an execution runs. */
export interface Target extends Located {
  readonly revision: Revision;
}

/** The state machines there are. */
export class MachineStore {
  private readonly machines = new Map<string, StateMachine>();

  /** @param random in [0, 1); chooses between the two versions of an alias */
  constructor(private readonly random: () => number) {}

  add(machine: StateMachine): void {
    this.machines.set(machine.arn, machine);
  }

  remove(machine: StateMachine): void {
    this.machines.delete(machine.arn);
  }

  /** By name, as AWS lists them. */
  list(): readonly StateMachine[] {
    return [...this.machines.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** What an ARN stands for; throws InvalidArn for what is none. */
  find(arn: string): Located | undefined {
    const machine = this.machines.get(arn);
    if (machine !== undefined) return { machine };
    const { parts } = parseArn(arn, 'stateMachine');
    if (parts.length !== 2) return undefined;
    const [, qualifier] = parts;
    const owner = this.machines.get(arn.slice(0, -qualifier.length - 1));
    const version = owner?.versions.get(qualifier);
    const alias = owner?.aliases.get(qualifier);
    return owner === undefined || (version ?? alias) === undefined ? undefined : { machine: owner, version, alias };
  }

  locate(arn: string): Located {
    const located = this.find(arn);
    if (located === undefined) throw stateMachineDoesNotExist(arn);
    return located;
  }

  /** The machine of an ARN without version or alias. */
  get(arn: string): StateMachine {
    const { machine, version, alias } = this.locate(arn);
    if ((version ?? alias) !== undefined) throw stateMachineDoesNotExist(arn);
    return machine;
  }

  /** The same, where it must not be about to go. */
  getActive(arn: string): StateMachine {
    const machine = this.get(arn);
    if (machine.deleting) throw stateMachineDeleting(arn);
    return machine;
  }

  /** What to run for an ARN. */
  target(arn: string): Target {
    const { machine, version, alias } = this.locate(arn);
    if (machine.deleting) throw stateMachineDeleting(arn);
    const routed = alias === undefined ? version : alias.route(this.random());
    return { machine, revision: routed?.revision ?? machine.revision, version: routed, alias };
  }
}
