import type { LocalApp } from '../../app/local-app';
import type { LocalMachine } from '../../app/local-machine';
import type { Execution } from '../../engine';
import { Coverage } from './coverage';
import { MachineCoverage } from './machine-coverage';
import { stateItems } from './state-items';

const recorders = new WeakMap<LocalApp, Recorder>();

/** Counts the executions of one app as they end. */
export class Recorder {
  private readonly machines = new Map<LocalMachine, MachineCoverage>();

  readonly onEnd = (machine: LocalMachine, execution: Execution): void => this.of(machine).add(execution);

  /** Has the coverage of the app be what this has counted. */
  attach(app: LocalApp): LocalApp {
    recorders.set(app, this);
    return app;
  }

  of(machine: LocalMachine): MachineCoverage {
    let counted = this.machines.get(machine);
    if (!counted) {
      counted = new MachineCoverage(machine.id, machine.path, stateItems(machine.definition));
      this.machines.set(machine, counted);
    }
    return counted;
  }
}

/**
 * What the tests have entered of an app that the kit loaded: states, branches of Choice, retriers and catchers. Of several
 * apps the machines with the same path and the same definition count as one, for suites that load an app per test.
 * Executions count once they have ended.
 */
export function coverage(...apps: readonly LocalApp[]): Coverage {
  const counted: MachineCoverage[] = [];
  for (const app of apps) {
    const recorder = recorders.get(app);
    if (!recorder) throw new TypeError('expected an app that was loaded by the test kit');
    for (const machine of app.machines) {
      const one = recorder.of(machine);
      const i = counted.findIndex((other) => other.equals(one));
      if (i === -1) counted.push(one);
      else counted[i] = counted[i]!.with(one);
    }
  }
  return new Coverage(counted);
}
