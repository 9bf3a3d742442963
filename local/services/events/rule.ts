import type { Json } from '../../engine/host';
import type { JsonObject } from '../aws-service';
import { eventsError } from './errors';
import { compilePattern, type EventPattern } from './pattern/event-pattern';
import { PatternError } from './pattern/pattern-error';
import { readTarget, type Target } from './target';

/** A rule as PutRule takes it, but that the pattern is no text. */
export interface RuleConfig {
  readonly name: string;
  readonly busName: string;
  /** @default - it is a schedule, or matches nothing */
  readonly pattern?: Json;
  readonly scheduleExpression?: string;
  readonly description?: string;
  /** @default true */
  readonly enabled?: boolean;
  /** As PutTargets takes them. */
  readonly targets?: readonly JsonObject[];
}

/** A rule of a bus: which events it takes, and where they go. */
export class Rule {
  enabled: boolean;
  private readonly takes: EventPattern;
  private readonly targetsById = new Map<string, Target>();

  constructor(
    readonly config: RuleConfig,
    readonly arn: string,
  ) {
    this.enabled = config.enabled ?? true;
    this.takes = config.pattern === undefined ? () => false : patternOf(config.pattern);
    for (const target of config.targets ?? []) this.put(target);
  }

  /** The same rule with another pattern or state. */
  replacedBy(config: RuleConfig): Rule {
    return new Rule({ ...config, targets: this.targets.map(({ given }) => given) }, this.arn);
  }

  get targets(): readonly Target[] {
    return [...this.targetsById.values()];
  }

  matches(event: Json): boolean {
    return this.enabled && this.takes(event);
  }

  put(target: JsonObject): void {
    const read = readTarget(target);
    this.targetsById.set(read.id, read);
  }

  remove(targetId: string): boolean {
    return this.targetsById.delete(targetId);
  }
}

/** @throws AwsError saying what is wrong with it */
export function patternOf(pattern: Json): EventPattern {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw eventsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
  }
}
