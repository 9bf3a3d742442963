import type { Pattern } from './pattern';

/** What a pattern is made of that this parser does not know: looking behind, references by name, forwards or in any case. */
export class UnknownSyntax extends Error {}

/** Reads the source of a JavaScript regular expression, which is known to be valid. */
export function parsePattern(source: string, flags: string): { pattern: Pattern; groups: number } {
  const parser = new PatternParser(source, flags.replace(/[gy]/g, ''));
  return { pattern: parser.choice(), groups: parser.groups };
}

const QUANTIFIER = /([*+?]|\{(\d+)(,(\d*))?\})(\??)/y;
const CLASS = /\[\^?(?:\\[\s\S]|[^\]\\])*\]/y;
const ESCAPE = /\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[^uxc\dk]|[uxc]|0)/y;
const LITERAL = /[^()|*+?\\]/y;

class PatternParser {
  groups = 0;
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly flags: string,
  ) {}

  choice(): Pattern {
    const options = [this.sequence()];
    while (this.take(/\|/y)) options.push(this.sequence());
    return options.length === 1 ? options[0] : { kind: 'choice', options };
  }

  private sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.at < this.source.length && !/[|)]/.test(this.source[this.at])) parts.push(this.repeated());
    return parts.length === 1 ? parts[0] : { kind: 'sequence', parts };
  }

  private repeated(): Pattern {
    const before = this.groups;
    const body = this.atom();
    const found = this.take(QUANTIFIER);
    if (found === undefined) return body;
    const [, symbol, from, range, to, lazy] = found;
    const [least, most] = bounds(symbol, from, range, to);
    return { kind: 'repeat', body, least, most, lazy: lazy === '?', groups: [before + 1, this.groups] };
  }

  private atom(): Pattern {
    if (this.take(/\(/y)) return this.group();
    const place = this.take(/[\^$]|\\[bB]/y);
    if (place !== undefined) return this.place(place[0]);
    const reference = this.take(/\\([1-9]\d*)/y);
    if (reference !== undefined) return this.reference(Number(reference[1]));
    const character = this.take(CLASS) ?? this.take(ESCAPE) ?? this.take(LITERAL);
    if (character === undefined) throw new UnknownSyntax(this.source.slice(this.at));
    return this.character(character[0]);
  }

  private group(): Pattern {
    const lookahead = this.take(/\?([=!])/y);
    if (lookahead !== undefined) return { kind: 'ahead', body: this.closed(), negated: lookahead[1] === '!' };
    if (this.take(/\?:/y)) return { kind: 'group', body: this.closed() };
    if (this.take(/\?(?!<[^=!])/y)) throw new UnknownSyntax(this.source);
    this.take(/\?<[^>]*>/y);
    const group = ++this.groups;
    return { kind: 'group', body: this.closed(), group };
  }

  private closed(): Pattern {
    const body = this.choice();
    this.take(/\)/y);
    return body;
  }

  private reference(group: number): Pattern {
    if (group > this.groups || this.flags.includes('i')) throw new UnknownSyntax(this.source);
    return { kind: 'reference', group };
  }

  private place(source: string): Pattern {
    const pattern = new RegExp(source, `${this.flags}y`);
    return {
      kind: 'place',
      holds: (text, at) => {
        pattern.lastIndex = at;
        return pattern.test(text);
      },
    };
  }

  private character(source: string): Pattern {
    const pattern = new RegExp(`^${source}$`, this.flags.replace('m', ''));
    const known = new Map<string, boolean>();
    return {
      kind: 'character',
      accepts: (character) => {
        const accepted = known.get(character) ?? pattern.test(character);
        known.set(character, accepted);
        return accepted;
      },
    };
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }
}

function bounds(symbol: string, from: string | undefined, range: string | undefined, to: string | undefined): [number, number] {
  if (symbol === '*') return [0, Number.POSITIVE_INFINITY];
  if (symbol === '+') return [1, Number.POSITIVE_INFINITY];
  if (symbol === '?') return [0, 1];
  if (range === undefined) return [Number(from), Number(from)];
  return [Number(from), to === '' ? Number.POSITIVE_INFINITY : Number(to)];
}
