import { cut, printable } from '../../app/terminal';
import { type CoverageKind, KINDS, type MachineCoverage } from './machine-coverage';

/** How much of one kind was entered. */
export interface CoverageCount {
  readonly total: number;
  readonly entered: number;
  /** Of `total`; 100 where there is nothing to enter. */
  readonly percent: number;
  /** What no execution entered, with the machine's id in front. */
  readonly missing: readonly string[];
}

/** The least percentage of each kind that will do; a kind that is left out may have any. */
export type CoverageThresholds = { readonly [kind in CoverageKind]?: number };

const WIDTH = 80;
const COLUMN = 16;

/** What of its machines the executions of an app, or of several, have entered. */
export class Coverage {
  readonly states: CoverageCount;
  /** The ways out of Choice states: rules that lead to one state are one branch. */
  readonly branches: CoverageCount;
  /** Entered when the state was tried again because of them. */
  readonly retriers: CoverageCount;
  readonly catchers: CoverageCount;

  /** @internal */
  constructor(private readonly machines: readonly MachineCoverage[]) {
    this.states = countOf(machines, 'states');
    this.branches = countOf(machines, 'branches');
    this.retriers = countOf(machines, 'retriers');
    this.catchers = countOf(machines, 'catchers');
  }

  /**
   * Holds the suite to percentages: `coverage(app).atLeast({ states: 100, branches: 80 })`.
   *
   * @throws Error listing what is missing of each kind that has less
   */
  atLeast(thresholds: CoverageThresholds): this {
    const short = KINDS.filter((kind) => this[kind].percent < checked(kind, thresholds[kind] ?? 0));
    if (short.length === 0) return this;
    const complaints = short.flatMap((kind) => {
      const { entered, total, percent, missing } = this[kind];
      const what = `${kind}: ${entered} of ${total} entered (${shown(percent)}), needed ${thresholds[kind]}%; missing`;
      return [what, ...missing.map((label) => entry(label))];
    });
    throw new Error(`too little was entered by the tests\n${complaints.join('\n')}`);
  }

  /** A table of at most 80 columns: a row for each machine, then what is missing. */
  toString(): string {
    const row = (name: string, cells: readonly string[]) =>
      `${cut(printable(name), COLUMN - 1).padEnd(COLUMN)}${cells.map((cell) => cell.padStart(COLUMN)).join('')}`;
    const cellsOf = (machines: readonly MachineCoverage[]) => KINDS.map((kind) => cell(countOf(machines, kind)));
    const rows = [row('', KINDS), ...this.machines.map((machine) => row(machine.id, cellsOf([machine])))];
    if (this.machines.length > 1) rows.push(row('all', cellsOf(this.machines)));
    const missing = KINDS.flatMap((kind) => [
      ...(this[kind].missing.length > 0 ? ['', `${kind} that no execution entered`] : []),
      ...this[kind].missing.map((label) => entry(label)),
    ]);
    return [...rows, ...missing].join('\n');
  }
}

function countOf(machines: readonly MachineCoverage[], kind: CoverageKind): CoverageCount {
  const total = machines.reduce((sum, machine) => sum + machine.labels(kind).length, 0);
  const missing = machines.flatMap((machine) => machine.missing(kind).map((label) => `${machine.id}: ${label}`));
  const entered = total - missing.length;
  return { total, entered, percent: total === 0 ? 100 : (100 * entered) / total, missing };
}

function cell({ entered, total, percent }: CoverageCount): string {
  return total === 0 ? '-' : `${entered}/${total} ${shown(percent).padStart(4)}`;
}

/** Rounded down: 100% means all. */
function shown(percent: number): string {
  return `${Math.floor(percent)}%`;
}

function entry(label: string): string {
  return `  - ${cut(printable(label), WIDTH - 4)}`;
}

function checked(kind: CoverageKind, threshold: number): number {
  if (threshold >= 0 && threshold <= 100) return threshold;
  throw new RangeError(`${kind} must be a percentage from 0 to 100, got ${threshold}`);
}
