import type { Clock, Json } from '../../engine/host';
import { asText } from '../as-text';
import type { AwsService, JsonObject } from '../aws-service';
import { eventsError, validationError } from './errors';
import { isMap } from './pattern/json-map';
import { eventOf } from './put-events';
import { patternOf, type Rule, type RuleConfig } from './rule';
import { DEFAULT_BUS, RuleStore } from './rule-store';
import type { Target } from './target';

export interface EventsServiceOptions {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  readonly uuid: () => string;
  /** Names, the default one left out. */
  readonly buses: readonly string[];
  readonly rules: readonly RuleConfig[];
  /** Hands a text to a target that is no bus. Rejects where it cannot. */
  deliver(arn: string, text: string, messageGroupId?: string): Promise<void>;
  /** Told of what nobody waits for and what went wrong. */
  onFailure(message: string): void;
}

export interface Announcement {
  /** Such as `aws.s3`. */
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

type Operation = (input: JsonObject) => JsonObject;

/** EventBridge in this process. Schedules are kept and not fired; archives, pipes and partner sources are refused by name. */
export class EventsService implements AwsService {
  readonly name = 'events';
  readonly rules: RuleStore;

  private readonly operations: { readonly [operation: string]: Operation } = {
    PutEvents: (input) => this.putEvents(input),
    CreateEventBus: ({ Name }) => ({ EventBusArn: this.rules.createBus(asText(Name)) }),
    DeleteEventBus: ({ Name }) => ran(() => this.rules.deleteBus(asText(Name))),
    ListEventBuses: () => ({ EventBuses: this.rules.busNames.map((Name) => ({ Name, Arn: this.rules.busArn(Name) })) }),
    PutRule: (input) => ({ RuleArn: this.rules.put(readRule(input)).arn }),
    DeleteRule: (input) => ran(() => this.rules.delete(busOf(input), asText(input.Name))),
    DescribeRule: (input) => described(this.rule(input)),
    ListRules: (input) => ({
      Rules: this.rules
        .rulesOf(busOf(input))
        .filter(({ config }) => config.name.startsWith(asText(input.NamePrefix)))
        .map(described),
    }),
    EnableRule: (input) => this.setEnabled(input, true),
    DisableRule: (input) => this.setEnabled(input, false),
    PutTargets: (input) => {
      const rule = this.ruleOfTargets(input);
      for (const target of objects('Targets', input.Targets)) rule.put(target);
      return NOTHING_FAILED;
    },
    RemoveTargets: (input) => {
      const rule = this.ruleOfTargets(input);
      for (const id of texts(input.Ids)) rule.remove(id);
      return NOTHING_FAILED;
    },
    ListTargetsByRule: (input) => ({ Targets: this.ruleOfTargets(input).targets.map(({ given }) => given) }),
    TestEventPattern: ({ EventPattern, Event }) => ({
      Result: patternOf(parse('EventPattern', EventPattern))(parse('Event', Event)),
    }),
  };

  constructor(private readonly options: EventsServiceOptions) {
    this.rules = new RuleStore(options, options.buses);
    for (const rule of options.rules) this.rules.put(rule);
  }

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    if (Object.hasOwn(this.operations, operation)) return this.operations[operation]!(input);
    throw eventsError(
      'ValidationException',
      `the operation ${operation} is not supported by EventBridge on this machine; name another with --endpoint events=URL`,
    );
  }

  /** What a service of AWS tells the default bus of. */
  announce({ source, detailType, resources, detail }: Announcement): void {
    const { region, accountId, clock, uuid } = this.options;
    const time = new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
    const place = { account: accountId, time, region };
    this.route(
      { version: '0', id: uuid(), 'detail-type': detailType, source, ...place, resources: [...resources], detail },
      DEFAULT_BUS,
    );
  }

  private putEvents(input: JsonObject): JsonObject {
    const entries = objects('Entries', input.Entries);
    if (entries.length === 0 || entries.length > 10) {
      throw validationError(
        `1 validation error detected: Value '${JSON.stringify(entries)}' at 'entries' failed to satisfy constraint: Member must have length between 1 and 10`,
      );
    }
    const results = entries.map((entry) => this.putEvent(entry));
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  }

  private putEvent(entry: JsonObject): { [name: string]: Json } {
    const event = eventOf(entry, this.options.uuid(), this.options.clock.now(), this.options);
    if ('ErrorCode' in event) return { ...event };
    this.route(event, busOf(entry));
    return { EventId: event.id! };
  }

  /** As in AWS, whoever sends to a bus that is not there is not told. */
  private route(event: Json, busName: string, passed: readonly string[] = []): void {
    if (passed.includes(busName)) {
      this.options.onFailure(`an event was dropped: it came back to the event bus '${busName}'`);
      return;
    }
    if (!this.rules.hasBus(busName)) {
      this.options.onFailure(`an event was dropped: there is no event bus '${busName}'`);
      return;
    }
    for (const rule of this.rules.rulesOf(busName).filter((one) => one.matches(event))) {
      for (const target of rule.targets) void this.send(event, rule, target, [...passed, busName]);
    }
  }

  private async send(event: Json, rule: Rule, target: Target, passed: readonly string[]): Promise<void> {
    const { deliver, onFailure, clock } = this.options;
    const ingestionTime = new Date(clock.now()).toISOString();
    try {
      if (target.arn.includes(':event-bus/')) {
        this.route(event, busNameOf(target.arn), passed);
        return;
      }
      const context = { ruleArn: rule.arn, ruleName: rule.config.name, ingestionTime };
      await deliver(target.arn, target.inputOf(event, context), target.messageGroupId);
    } catch (error) {
      const failed = (arn: string, reason: unknown) =>
        onFailure(`rule ${rule.config.name}, target ${arn}: ${reason instanceof Error ? reason.message : reason}`);
      failed(target.arn, error);
      const { deadLetterArn } = target;
      if (deadLetterArn === undefined) return;
      await deliver(deadLetterArn, JSON.stringify(event)).catch((reason) => failed(deadLetterArn, reason));
    }
  }

  private rule(input: JsonObject): Rule {
    return this.rules.rule(busOf(input), asText(input.Name));
  }

  private ruleOfTargets(input: JsonObject): Rule {
    return this.rules.rule(busOf(input), asText(input.Rule));
  }

  private setEnabled(input: JsonObject, enabled: boolean): JsonObject {
    this.rule(input).enabled = enabled;
    return {};
  }
}

const NOTHING_FAILED = { FailedEntryCount: 0, FailedEntries: [] };

/** An operation that answers nothing. */
function ran(change: () => void): JsonObject {
  change();
  return {};
}

function readRule(input: JsonObject): RuleConfig {
  const { Name, EventPattern, ScheduleExpression, Description, State } = input;
  if (EventPattern === undefined && ScheduleExpression === undefined) {
    throw validationError('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  return {
    name: asText(Name),
    busName: busOf(input),
    ...(EventPattern !== undefined && { pattern: parse('EventPattern', EventPattern) }),
    ...(ScheduleExpression !== undefined && { scheduleExpression: asText(ScheduleExpression) }),
    ...(Description !== undefined && { description: asText(Description) }),
    enabled: State !== 'DISABLED',
  };
}

function described({ config, arn, enabled }: Rule): { [name: string]: Json } {
  const { name, busName, pattern, scheduleExpression, description } = config;
  return {
    Name: name,
    Arn: arn,
    EventBusName: busName,
    State: enabled ? 'ENABLED' : 'DISABLED',
    ...(pattern !== undefined && { EventPattern: JSON.stringify(pattern) }),
    ...(scheduleExpression !== undefined && { ScheduleExpression: scheduleExpression }),
    ...(description !== undefined && { Description: description }),
  };
}

function busOf({ EventBusName }: JsonObject): string {
  return busNameOf(typeof EventBusName === 'string' ? EventBusName : DEFAULT_BUS);
}

/** Of a name or an ARN. */
export function busNameOf(bus: string): string {
  return bus.slice(bus.lastIndexOf('/') + 1);
}

function objects(member: string, value: Json | undefined): JsonObject[] {
  if (Array.isArray(value) && value.every(isMap)) return value;
  throw validationError(`${member} ${JSON.stringify(value)} must be a list of objects`);
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(asText) : [];
}

function parse(member: string, text: Json | undefined): Json {
  try {
    return JSON.parse(asText(text)) as Json;
  } catch {
    throw eventsError('InvalidEventPatternException', `${member} ${text} is not valid. Reason: it is no JSON`);
  }
}
