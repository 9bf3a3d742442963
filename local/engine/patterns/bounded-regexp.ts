import { BoundedMatch, TooManySteps } from './bounded-match';
import { parsePattern, UnknownSyntax } from './parse-pattern';
import { growth, type Pattern } from './pattern';

/** Up to here the built-in matcher, by far the faster one, is done in a fraction of a second whatever it tries. */
const MAX_NATIVE_STEPS = 20_000_000;

/** Compiled patterns that are kept. */
const MAX_KEPT = 500;

interface Compiled {
  readonly pattern: Pattern;
  readonly growth: number;
}

const compiled = new Map<string, Compiled | undefined>();

/**
 * A regular expression that ends: what could keep the built-in matcher busy for long is left to one that counts its steps.
 * Patterns that look behind, or refer to groups by name or in any case, are for the built-in matcher whatever they may take.
 */
export class BoundedRegExp {
  lastIndex = 0;
  readonly source: string;
  private readonly native: RegExp;

  constructor(regex: RegExp) {
    this.source = regex.source;
    this.native = new RegExp(regex);
  }

  exec(text: string): ((string | undefined)[] & { index: number }) | null {
    const own = compile(this.native);
    if (own === undefined || text.length ** own.growth <= MAX_NATIVE_STEPS) {
      this.native.lastIndex = this.lastIndex;
      const found = this.native.exec(text);
      this.lastIndex = this.native.lastIndex;
      return found;
    }
    return this.search(own.pattern, text);
  }

  test(text: string): boolean {
    return this.exec(text) !== null;
  }

  private search(pattern: Pattern, text: string): ((string | undefined)[] & { index: number }) | null {
    const match = new BoundedMatch(text);
    for (let from = this.native.global ? this.lastIndex : 0; from <= text.length; from++) {
      const to = bounded(() => match.at(pattern, from));
      if (to === undefined) continue;
      if (this.native.global) this.lastIndex = to;
      const groups = Array.from(match.captures, (range) => range && text.slice(...range)).slice(1);
      return Object.assign([text.slice(from, to), ...groups], { index: from });
    }
    this.lastIndex = 0;
    return null;
  }
}

/** The stack counts as steps. */
function bounded<T>(match: () => T): T {
  try {
    return match();
  } catch (error) {
    if (error instanceof RangeError) throw new TooManySteps('The regular expression nests too deeply for this text');
    throw error;
  }
}

function compile({ source, flags }: RegExp): Compiled | undefined {
  const key = `${flags}/${source}`;
  if (compiled.has(key)) return compiled.get(key);
  if (compiled.size >= MAX_KEPT) compiled.clear();
  const made = read(source, flags);
  compiled.set(key, made);
  return made;
}

function read(source: string, flags: string): Compiled | undefined {
  try {
    const { pattern } = parsePattern(source, flags);
    return { pattern, growth: growth(pattern) };
  } catch (error) {
    if (error instanceof UnknownSyntax) return undefined;
    throw error;
  }
}
