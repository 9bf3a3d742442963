import type { Json, TaskOutcome } from '../../engine/host';
import { LoadError } from '../load-error';

interface Range {
  readonly first: number;
  readonly last: number;
  readonly outcome: TaskOutcome;
}

const RANGE = /^(\d+)(?:-(\d+))?$/;

/** What a mocked state answers, attempt by attempt: `{ "0": { "Return": … }, "1-2": { "Throw": { "Error", "Cause" } } }`. */
export class MockedResponse {
  private readonly ranges: readonly Range[];

  /** @throws LoadError naming the range that is wrong */
  constructor(
    readonly name: string,
    given: Json,
  ) {
    this.ranges = Object.entries(objectOf(given, `MockedResponses.${name}`))
      .map(([range, answer]) => this.read(range, answer))
      .sort((a, b) => a.first - b.first);
    if (this.ranges.length === 0)
      throw new LoadError(`MockedResponses.${name} has no answer; give one, as in { "0": { "Return": {} } }`);
    for (const [i, { first }] of this.ranges.entries()) {
      const before = this.ranges[i - 1];
      if (before !== undefined && first <= before.last) {
        throw new LoadError(`MockedResponses.${name} answers attempt ${first} twice; let its ranges not overlap`);
      }
    }
  }

  /** @param attempt from 0 */
  outcome(attempt: number): TaskOutcome | undefined {
    return this.ranges.find(({ first, last }) => first <= attempt && attempt <= last)?.outcome;
  }

  private read(range: string, answer: Json): Range {
    const where = `MockedResponses.${this.name}['${range}']`;
    const [, from, to = from] = RANGE.exec(range) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === undefined || last < first) {
      throw new LoadError(`${where} is no attempt; count from 0, and write several as in '1-2'`);
    }
    return { first, last, outcome: readOutcome(objectOf(answer, where), where) };
  }
}

function readOutcome(answer: { readonly [member: string]: Json }, where: string): TaskOutcome {
  const [kind, ...more] = Object.keys(answer);
  if (more.length > 0 || (kind !== 'Return' && kind !== 'Throw')) {
    throw new LoadError(
      `${where} has ${kind === undefined ? 'nothing' : Object.keys(answer).join(', ')}; give it either Return or Throw`,
    );
  }
  if (kind === 'Return') return { output: answer.Return! };
  const { Error: error, Cause: cause } = objectOf(answer.Throw!, `${where}.Throw`);
  if (typeof error !== 'string' || (cause !== undefined && typeof cause !== 'string')) {
    throw new LoadError(
      `${where}.Throw received ${JSON.stringify(answer.Throw)}; give it an Error, and perhaps a Cause, both texts`,
    );
  }
  return { error, cause };
}

/** @throws LoadError where it is none */
export function objectOf(value: Json | undefined, where: string): { readonly [member: string]: Json } {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new LoadError(`${where} received ${JSON.stringify(value) ?? 'nothing'}; write an object`);
}
