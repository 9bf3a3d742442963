import { eventsError } from './errors';
import type { Place } from './put-events';
import { Rule, type RuleConfig } from './rule';

export const DEFAULT_BUS = 'default';

/** The buses of one account in one region, with their rules. */
export class RuleStore {
  private readonly buses = new Map<string, Map<string, Rule>>();

  constructor(
    private readonly place: Place,
    buses: readonly string[],
  ) {
    for (const name of [DEFAULT_BUS, ...buses]) this.buses.set(name, new Map());
  }

  get busNames(): string[] {
    return [...this.buses.keys()];
  }

  hasBus(name: string): boolean {
    return this.buses.has(name);
  }

  createBus(name: string): string {
    if (this.buses.has(name)) throw eventsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    this.buses.set(name, new Map());
    return this.busArn(name);
  }

  deleteBus(name: string): void {
    this.buses.delete(name);
  }

  busArn(name: string): string {
    const { region, accountId } = this.place;
    return `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
  }

  rulesOf(busName: string): Rule[] {
    return [...this.bus(busName).values()];
  }

  put(config: RuleConfig): Rule {
    const rules = this.bus(config.busName);
    const { region, accountId } = this.place;
    const path = config.busName === DEFAULT_BUS ? config.name : `${config.busName}/${config.name}`;
    const existing = rules.get(config.name);
    const rule = existing?.replacedBy(config) ?? new Rule(config, `arn:aws:events:${region}:${accountId}:rule/${path}`);
    rules.set(config.name, rule);
    return rule;
  }

  rule(busName: string, name: string): Rule {
    const rule = this.bus(busName).get(name);
    if (rule !== undefined) return rule;
    throw eventsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${busName}.`);
  }

  delete(busName: string, name: string): void {
    const rules = this.bus(busName);
    if ((rules.get(name)?.targets.length ?? 0) > 0) {
      throw eventsError('ValidationException', "Rule can't be deleted since it has targets.");
    }
    rules.delete(name);
  }

  private bus(name: string): Map<string, Rule> {
    const rules = this.buses.get(name);
    if (rules !== undefined) return rules;
    throw eventsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
  }
}
