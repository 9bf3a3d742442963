import { isDeepStrictEqual } from 'node:util';
import type { Execution } from '../../engine';
import { HistoryReader } from './history-reader';
import type { StateItems } from './state-items';

export const KINDS = ['states', 'branches', 'retriers', 'catchers'] as const;
export type CoverageKind = (typeof KINDS)[number];

type Labels = { readonly [kind in CoverageKind]: readonly string[] };

/** What there is to enter in one machine, and what its executions have entered. Of an execution nothing else is kept. */
export class MachineCoverage {
  private readonly all: Labels;
  private readonly entered: { readonly [kind in CoverageKind]: Set<string> } = {
    states: new Set(),
    branches: new Set(),
    retriers: new Set(),
    catchers: new Set(),
  };

  /** @param path tells the machine from others, also of the same id */
  constructor(
    readonly id: string,
    readonly path: string,
    private readonly items: ReadonlyMap<string, StateItems>,
  ) {
    const states = [...items.values()];
    this.all = {
      states: states.map(({ name }) => name),
      branches: states.flatMap(({ branches }) => [...branches.values()]),
      retriers: states.flatMap(({ retriers }) => retriers.map(({ label }) => label)),
      catchers: states.flatMap(({ catchers }) => catchers.map(({ label }) => label)),
    };
  }

  /** Counts an execution that has ended, with the child executions of its distributed Map states. */
  add(execution: Execution): void {
    new HistoryReader(this.items, (kind, label) => this.entered[kind].add(label)).read(execution.history);
    for (const { executions } of execution.mapRuns) for (const child of executions) this.add(child);
  }

  labels(kind: CoverageKind): readonly string[] {
    return this.all[kind];
  }

  missing(kind: CoverageKind): readonly string[] {
    return this.all[kind].filter((label) => !this.entered[kind].has(label));
  }

  /** Whether it is the same machine, with the same to enter, in another load of the app. */
  equals(other: MachineCoverage): boolean {
    return this.path === other.path && isDeepStrictEqual(this.all, other.all);
  }

  /** With what the executions of either have entered. */
  with(other: MachineCoverage): MachineCoverage {
    const both = new MachineCoverage(this.id, this.path, this.items);
    for (const kind of KINDS) for (const label of [...this.entered[kind], ...other.entered[kind]]) both.entered[kind].add(label);
    return both;
  }
}
