/** A regular expression, read. */
export type Pattern =
  /** One character. */
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean }
  /** A place between characters: `^`, `$`, `\b`, `\B`. */
  | { readonly kind: 'place'; readonly holds: (text: string, at: number) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  /** @param group absent where nothing is captured */
  | { readonly kind: 'group'; readonly body: Pattern; readonly group?: number }
  | { readonly kind: 'ahead'; readonly body: Pattern; readonly negated: boolean }
  | { readonly kind: 'reference'; readonly group: number }
  | {
      readonly kind: 'repeat';
      readonly body: Pattern;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
      /** The groups inside, which each round forgets. */
      readonly groups: readonly [from: number, to: number];
    };

/** As many rounds are as good as any number. */
const MANY = 10;

/**
 * How the work of a backtracking matcher grows with the length of the text: the power of that length,
 * infinity where a repetition within a repetition lets it double with each character.
 */
export function growth(pattern: Pattern): number {
  // one more, for a match is looked for from each place on
  return 1 + powerOf(pattern);
}

function powerOf(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'sequence':
      return pattern.parts.reduce((sum, part) => sum + powerOf(part), 0);
    case 'choice':
      return Math.max(...pattern.options.map(powerOf));
    case 'group':
    case 'ahead':
      return powerOf(pattern.body);
    case 'reference':
      return 1;
    case 'repeat':
      if (pattern.most < MANY) return pattern.most * powerOf(pattern.body);
      return isPlain(pattern.body) ? 1 : Number.POSITIVE_INFINITY;
    default:
      return 0;
  }
}

/** Whether there is only one way to match: no choices, no repetitions. */
function isPlain(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case 'sequence':
      return pattern.parts.every(isPlain);
    case 'group':
    case 'ahead':
      return isPlain(pattern.body);
    case 'repeat':
      return pattern.least === pattern.most && pattern.most < MANY && isPlain(pattern.body);
    case 'choice':
      return false;
    default:
      return true;
  }
}
