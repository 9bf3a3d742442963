import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../engine/host';
import type { ExecutionReport, FailedAttempt, StateVisit } from './execution-report';
import { cut, duration, paint, printable, printableLines, type Style, spread, type Terminal } from './terminal';

const LABEL = 9;
const INDENT = '  ';
const OUTPUT_LINES = 24;

const STATUS_STYLE: Record<ExecutionReport['status'], Style> = {
  SUCCEEDED: 'green',
  FAILED: 'red',
  TIMED_OUT: 'red',
  ABORTED: 'yellow',
};

/** An execution as text: the path taken, what went into and came out of each state, retries and time. */
export function renderReport(report: ExecutionReport, terminal: Terminal): string {
  const took = duration(report.stoppedAt - report.startedAt);
  const [title, gap, status] = spread(printable(report.machine), `${report.status} in ${took}`, terminal.columns);
  const lines = [paint(terminal, 'bold', title) + gap + paint(terminal, STATUS_STYLE[report.status], status)];
  for (const visit of report.visits) lines.push('', ...renderVisit(visit, terminal));
  lines.push('', ...renderEnd(report, terminal));
  return `${lines.join('\n')}\n`;
}

/** One visit of a state, a few lines. */
export function renderVisit(visit: StateVisit, terminal: Terminal): string[] {
  const took = visit.exitedAt === undefined ? '' : duration(visit.exitedAt - visit.enteredAt);
  const [name, gap, right] = spread(printable(visit.name), `${visit.type.padEnd(9)}${took.padStart(9)}`, terminal.columns - 2);
  const lines = [INDENT + paint(terminal, 'cyan', name) + gap + paint(terminal, 'dim', right)];
  const field = (label: string, text: string, style?: Style) => lines.push(renderField(label, text, terminal, style));

  field('input', compact(visit.input));
  visit.failures.forEach((failure, index) => {
    const what = [failure.error ?? 'no error name', summary(failure.cause)].filter(Boolean).join(': ');
    const next = afterwards(failure, visit);
    field(`try ${index + 1}`, next ? `${cut(what, terminal.columns - 4 - LABEL - next.length - 3)} (${next})` : what, 'yellow');
  });
  if (visit.output !== undefined)
    field('output', isDeepStrictEqual(visit.input, visit.output) ? 'as the input' : compact(visit.output));
  return lines;
}

/** The path, and what it led to. */
export function renderEnd(report: ExecutionReport, terminal: Terminal, outputLines = OUTPUT_LINES): string[] {
  const lines = [renderField('path', report.path.join(' → '), terminal, undefined, 2)];
  if (report.status === 'SUCCEEDED') {
    const output = JSON.stringify(report.output ?? null, null, 2).split('\n');
    lines.push(`${INDENT}output`);
    lines.push(
      ...output
        .slice(0, outputLines)
        .map((line) => INDENT.repeat(2) + cut(printableLines(line.slice(0, terminal.columns * 4)), terminal.columns - 4)),
    );
    if (output.length > outputLines) lines.push(`${INDENT.repeat(2)}… ${output.length - outputLines} lines more`);
    return lines;
  }
  lines.push(renderField('error', report.error ?? 'none given', terminal, 'red', 2));
  if (report.cause !== undefined) lines.push(renderField('cause', report.cause, terminal, 'red', 2, 4));
  return lines;
}

/** A labelled text, wrapped to at most `most` lines. */
function renderField(
  label: string,
  text: string,
  terminal: Terminal,
  style?: Style,
  indent = 4,
  most = indent === 2 ? 3 : 1,
): string {
  const head = ' '.repeat(indent) + paint(terminal, 'dim', label.padEnd(LABEL));
  const width = terminal.columns - indent - LABEL;
  // a payload may be long, and only its beginning is shown
  const wrapped = wrap(printable(text.slice(0, width * most * 4)), width, most);
  const margin = `\n${' '.repeat(indent + LABEL)}`;
  return head + wrapped.map((line) => (style ? paint(terminal, style, line) : line)).join(margin);
}

function wrap(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (lines.length < most - 1) {
    const piece = cut(rest, width);
    if (piece === rest) break;
    const whole = piece.slice(0, -1);
    const space = whole.lastIndexOf(' ');
    const line = space > width / 2 ? whole.slice(0, space) : whole;
    lines.push(line);
    rest = rest.slice(line.length).trimStart();
  }
  return [...lines, cut(rest, width)];
}

function afterwards({ retriedAfter }: FailedAttempt, visit: StateVisit): string | undefined {
  if (retriedAfter !== undefined) return `again after ${duration(retriedAfter)}`;
  return visit.exitedAt === undefined ? undefined : 'caught';
}

/** Lambda's causes are JSON texts: their message says more than their stack trace. */
function summary(cause: string | undefined): string | undefined {
  if (cause === undefined) return undefined;
  try {
    const parsed = JSON.parse(cause) as { errorMessage?: unknown } | null;
    return typeof parsed?.errorMessage === 'string' ? parsed.errorMessage : cause;
  } catch {
    return cause;
  }
}

function compact(value: Json): string {
  return JSON.stringify(value);
}
