import { sqsError } from './errors';

/** As the API has them: texts by name. */
export type AttributeTexts = { readonly [name: string]: string };

/** Where messages go that were received too often. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Smallest, largest and default of those that are numbers; in seconds but for the size. */
const NUMBERS: { readonly [name: string]: readonly [number, number, number] } = {
  DelaySeconds: [0, 900, 0],
  MaximumMessageSize: [1024, 1_048_576, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
  VisibilityTimeout: [0, 43_200, 30],
};

const BOOLEANS = new Set(['FifoQueue', 'ContentBasedDeduplication', 'SqsManagedSseEnabled']);

/** Kept and told again; on this machine nothing is encrypted, and everybody may do everything. */
const KEPT = new Set([
  'Policy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

/** What a queue was set to, and the defaults of what it was not. */
export class QueueAttributes {
  private texts: { [name: string]: string };

  constructor(given: AttributeTexts) {
    this.texts = checked(given);
  }

  /** Changes those that are given. */
  set(given: AttributeTexts): void {
    if ('FifoQueue' in given && given.FifoQueue !== this.texts.FifoQueue) {
      throw sqsError('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
    }
    this.texts = { ...this.texts, ...checked(given) };
  }

  /** Whether the given ones are those of this queue. */
  include(given: AttributeTexts): boolean {
    return Object.entries(checked(given)).every(([name, text]) => this.all()[name] === text);
  }

  number(name: string): number {
    return Number(this.texts[name] ?? NUMBERS[name]![2]);
  }

  get isFifo(): boolean {
    return this.texts.FifoQueue === 'true';
  }

  get deduplicatesByContent(): boolean {
    return this.texts.ContentBasedDeduplication === 'true';
  }

  get deduplicatesByGroup(): boolean {
    return this.texts.DeduplicationScope === 'messageGroup';
  }

  get redrivePolicy(): RedrivePolicy | undefined {
    const text = this.texts.RedrivePolicy;
    return text === undefined ? undefined : redrivePolicyOf(text);
  }

  all(): AttributeTexts {
    const defaults = Object.entries(NUMBERS).map(([name, [, , value]]) => [name, String(value)]);
    return { ...Object.fromEntries(defaults), ...this.texts };
  }
}

function checked(given: AttributeTexts): AttributeTexts {
  for (const [name, text] of Object.entries(given)) {
    if (!isValid(name, text)) throw sqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  }
  // an empty policy takes the old one away, and a standard queue is one without the attribute
  const meant = Object.entries(given).filter(([name, text]) => text !== '' && !(name === 'FifoQueue' && text === 'false'));
  const emptied = Object.keys(given).filter((name) => given[name] === '');
  return Object.fromEntries([...meant, ...emptied.map((name) => [name, undefined])]) as AttributeTexts;
}

function isValid(name: string, text: string): boolean {
  if (Object.hasOwn(NUMBERS, name)) {
    const [least, most] = NUMBERS[name]!;
    return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
  }
  if (BOOLEANS.has(name)) return text === 'true' || text === 'false';
  if (name === 'RedrivePolicy') return text === '' || redrivePolicyOf(text) !== undefined;
  if (KEPT.has(name)) return true;
  throw sqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

function redrivePolicyOf(text: string): RedrivePolicy | undefined {
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text);
    const count = Number(maxReceiveCount);
    const valid = typeof deadLetterTargetArn === 'string' && Number.isInteger(count) && count >= 1 && count <= 1000;
    return valid ? { deadLetterTargetArn, maxReceiveCount: count } : undefined;
  } catch {
    return undefined;
  }
}
