import { cut, duration, paint, printable, spread, terminalOf } from '../../../local/app/terminal';

describe('a terminal', () => {
  test('has colour on a TTY only', () => {
    expect(terminalOf({ isTTY: true, columns: 100 }, {})).toEqual({ columns: 100, colour: true });
    expect(terminalOf({}, {})).toEqual({ columns: 80, colour: false });
  });

  test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('has no colour with %j', (environment) => {
    expect(terminalOf({ isTTY: true }, environment).colour).toBe(false);
  });

  test('is used neither below 40 nor above 120 columns', () => {
    expect(terminalOf({ columns: 10 }, {}).columns).toBe(40);
    expect(terminalOf({ columns: 500 }, {}).columns).toBe(120);
  });

  test('is sent no escape sequence without colour', () => {
    expect(paint({ columns: 80, colour: false }, 'red', 'x')).toBe('x');
    expect(paint({ columns: 80, colour: true }, 'red', 'x')).toBe('\u001b[31mx\u001b[0m');
  });
});

describe('text for a terminal', () => {
  test('loses the control characters that would steer it', () => {
    expect(printable('a\u001b[2Jb\u0007c\u202ed')).toBe('a�[2Jb�c�d');
  });

  test('becomes one line', () => {
    expect(printable('a\r\n  b\tc')).toBe('a b c');
  });

  test('is cut to columns, wide characters counted as two', () => {
    expect(cut('abcdef', 6)).toBe('abcdef');
    expect(cut('abcdefg', 6)).toBe('abcde…');
    expect(cut('구매환불', 8)).toBe('구매환불');
    expect(cut('구매환불', 7)).toBe('구매환…');
  });

  test('is spread over a line of exactly the width', () => {
    expect(spread('left', 'right', 20).join('')).toBe('left           right');
    expect(spread('a long left side', 'right', 12).join('')).toBe('a lon… right');
  });

  test.each([
    [0, '0 ms'],
    [0.4, '0 ms'],
    [999, '999 ms'],
    [1010, '1.01 s'],
    [59_940, '59.9 s'],
    [61_000, '1 min 1 s'],
    [172_800_000, '2 d'],
    [180_000_000, '2 d 2 h'],
  ])('shows %d milliseconds as %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});
