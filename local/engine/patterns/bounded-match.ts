import type { Pattern } from './pattern';

/** A pattern that tries too many ways through a text. */
export class TooManySteps extends Error {}

/** Some tenths of a second. */
const MAX_STEPS = 500_000;

/** Never changed once made, so that going back is taking the earlier ones. */
export type Captures = readonly (readonly [from: number, to: number] | undefined)[];

/** Matches as a JavaScript regular expression does, but gives up in the end. */
export class BoundedMatch {
  captures: Captures = [];
  private steps = 0;

  constructor(private readonly text: string) {}

  /** The end of the match that begins at `from`; undefined where none does. */
  at(pattern: Pattern, from: number): number | undefined {
    let end: number | undefined;
    this.captures = [];
    const found = this.match(pattern, from, (at) => {
      end = at;
      return true;
    });
    return found ? end : undefined;
  }

  private match(pattern: Pattern, at: number, next: (at: number) => boolean): boolean {
    if (++this.steps > MAX_STEPS) {
      throw new TooManySteps(
        `The regular expression takes more than ${MAX_STEPS} steps for a text of ${this.text.length} characters`,
      );
    }
    switch (pattern.kind) {
      case 'character':
        return at < this.text.length && pattern.accepts(this.text[at]) && next(at + 1);
      case 'place':
        return pattern.holds(this.text, at) && next(at);
      case 'sequence':
        return this.sequence(pattern.parts, 0, at, next);
      case 'choice':
        return pattern.options.some((option) => this.match(option, at, next));
      case 'group':
        return this.group(pattern.body, pattern.group, at, next);
      case 'ahead':
        return this.ahead(pattern.body, pattern.negated, at, next);
      case 'reference':
        return this.reference(pattern.group, at, next);
      case 'repeat':
        return pattern.body.kind === 'character'
          ? this.repeatCharacter(pattern, pattern.body.accepts, at, next)
          : this.repeat(pattern, 0, at, next);
    }
  }

  private sequence(parts: readonly Pattern[], index: number, at: number, next: (at: number) => boolean): boolean {
    if (index === parts.length) return next(at);
    return this.match(parts[index], at, (end) => this.sequence(parts, index + 1, end, next));
  }

  private group(body: Pattern, group: number | undefined, at: number, next: (at: number) => boolean): boolean {
    if (group === undefined) return this.match(body, at, next);
    return this.match(body, at, (end) => {
      const before = this.captures;
      this.capture(group, [at, end]);
      if (next(end)) return true;
      this.captures = before;
      return false;
    });
  }

  private capture(group: number, range: Captures[number]): void {
    const captures = [...this.captures];
    captures[group] = range;
    this.captures = captures;
  }

  private ahead(body: Pattern, negated: boolean, at: number, next: (at: number) => boolean): boolean {
    const before = this.captures;
    const found = this.match(body, at, () => true);
    if (negated) this.captures = before;
    if (found !== negated && next(at)) return true;
    this.captures = before;
    return false;
  }

  private reference(group: number, at: number, next: (at: number) => boolean): boolean {
    const captured = this.captures[group];
    const wanted = captured === undefined ? '' : this.text.slice(...captured);
    return this.text.startsWith(wanted, at) && next(at + wanted.length);
  }

  /** Without a call a character, so that long texts do not take a deep stack. */
  private repeatCharacter(
    { least, most, lazy }: Extract<Pattern, { kind: 'repeat' }>,
    accepts: (character: string) => boolean,
    at: number,
    next: (at: number) => boolean,
  ): boolean {
    const end = Math.min(this.text.length, at + most);
    let longest = at;
    while (longest < end && (!lazy || longest < at + least) && accepts(this.text[longest])) longest++;
    this.steps += longest - at;
    if (longest < at + least) return false;
    if (!lazy) {
      for (let to = longest; to >= at + least; to--) if (this.tries(next, to)) return true;
      return false;
    }
    for (let to = longest; ; to++) {
      if (this.tries(next, to)) return true;
      if (to >= end || !accepts(this.text[to])) return false;
    }
  }

  private tries(next: (at: number) => boolean, at: number): boolean {
    this.steps++;
    return next(at);
  }

  private repeat(
    pattern: Extract<Pattern, { kind: 'repeat' }>,
    rounds: number,
    at: number,
    next: (at: number) => boolean,
  ): boolean {
    const { body, least, most, lazy, groups } = pattern;
    const again = () => {
      if (rounds >= most) return false;
      const before = this.captures;
      for (let group = groups[0]; group <= groups[1]; group++) this.capture(group, undefined);
      // a round that matches nothing leads nowhere new
      if (this.match(body, at, (end) => (end > at || rounds < least) && this.repeat(pattern, rounds + 1, end, next))) return true;
      this.captures = before;
      return false;
    };
    if (rounds < least) return again();
    return lazy ? next(at) || again() : again() || next(at);
  }
}
