import stringWidth from 'string-width';

/** What the text of a command is written for. */
export interface Terminal {
  readonly columns: number;
  readonly colour: boolean;
}

interface TextStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const NARROWEST = 40;
const WIDEST = 120;
const UNKNOWN = 80;

/** Colour on a TTY only, and not where the user asked for none (https://no-color.org). */
export function terminalOf(stream: TextStream, environment: NodeJS.ProcessEnv): Terminal {
  const colour = stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
  return { columns: Math.min(Math.max(stream.columns ?? UNKNOWN, NARROWEST), WIDEST), colour };
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof CODES;

export function paint(terminal: Terminal, style: Style, text: string): string {
  return terminal.colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}

/** One line without control characters: data of a workflow must not steer the terminal that shows it. */
export function printable(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '�');
}

/** The same for text of several lines. */
export function printableLines(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, '�');
}

/** Cuts to a width in columns, wide characters counted as two. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let shown = '';
  let used = 0;
  for (const character of text) {
    const columns = stringWidth(character);
    if (used + columns > width - 1) break;
    shown += character;
    used += columns;
  }
  return `${shown}…`;
}

/** `left` and `right` at the two ends of one line; `left` is cut where both do not fit. */
export function spread(left: string, right: string, width: number): [left: string, gap: string, right: string] {
  const shown = cut(left, width - stringWidth(right) - 1);
  return [shown, ' '.repeat(width - stringWidth(shown) - stringWidth(right)), right];
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${Number(seconds.toFixed(seconds < 10 ? 2 : 1))} s`;
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.floor(seconds) % 60, 's'],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .slice(0, 2)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}
