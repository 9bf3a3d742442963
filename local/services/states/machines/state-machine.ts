import type { MachineType } from '../../../engine';
import { conflict } from '../errors';
import type { Alias } from './alias';
import type { Revision } from './revision';
import type { Version } from './version';

/** What AWS calls the revision that a machine was created with. */
const INITIAL = 'INITIAL';

/** A state machine: its current revision, the versions published of it, and the aliases that lead to them. */
export class StateMachine {
  readonly versions = new Map<string, Version>();
  readonly aliases = new Map<string, Alias>();
  /** Set once it is deleted but for the executions that still run. */
  deleting = false;
  private versionCount = 0;

  /** @param creationDate milliseconds since the epoch */
  constructor(
    readonly arn: string,
    readonly name: string,
    readonly type: MachineType,
    readonly creationDate: number,
    public revision: Revision,
  ) {}

  /**
   * Publishes the current revision; once, whatever it is asked.
   *
   * @param revisionId the revision that is meant, if the caller says so
   */
  publish(creationDate: number, description?: string, revisionId?: string): Version {
    const current = this.revision.id ?? INITIAL;
    if (revisionId !== undefined && revisionId !== current) {
      throw conflict(
        `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${current}.`,
      );
    }
    for (const version of this.versions.values()) if (version.revision === this.revision) return version;
    const number = ++this.versionCount;
    const version = { arn: `${this.arn}:${number}`, number, description, creationDate, revision: this.revision };
    this.versions.set(String(number), version);
    return version;
  }

  deleteVersion(version: Version): void {
    const aliases = [...this.aliases.values()].filter((alias) => alias.leadsTo(version));
    if (aliases.length > 0) {
      const names = aliases.map(({ name }) => name).join(', ');
      throw conflict(
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names}]`,
      );
    }
    this.versions.delete(String(version.number));
  }
}
