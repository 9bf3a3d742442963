const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const SPACE = /[ \t\r\n]*/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class Fault extends Error {}

/** What is wrong with a text that is no JSON, in the words of Jackson, which AWS parses with. */
export function findFault(text: string): string | undefined {
  try {
    new Scanner(text).document();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

/** Goes through a text until something is wrong. Only for texts that are: `JSON.parse` is what reads JSON. */
class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): void {
    this.value();
    this.space();
    if (this.at < this.text.length) this.value();
  }

  private value(): void {
    this.space();
    const char = this.text[this.at];
    if (char === '{') this.members('Object', '}', () => this.entry());
    else if (char === '[') this.members('Array', ']', () => this.value());
    else if (char === '"') this.string();
    else if (this.match(NUMBER) === undefined) this.literal();
  }

  private literal(): void {
    const word = this.match(WORD);
    if (word === undefined) this.unexpected(`expected a valid value ${VALUES}`);
    if (!['true', 'false', 'null'].includes(word)) throw new Fault(`Unrecognized token '${word}': was expecting ${VALUES}`);
  }

  private members(what: 'Object' | 'Array', close: string, member: () => void): void {
    this.at++;
    this.space();
    if (this.text[this.at] === close) {
      this.at++;
      return;
    }
    for (;;) {
      member();
      this.space();
      const char = this.text[this.at];
      if (char === undefined) throw new Fault(`Unexpected end-of-input: expected close marker for ${what}`);
      if (char !== close && char !== ',') this.unexpected(`was expecting comma to separate ${what} entries`);
      this.at++;
      if (char === close) return;
    }
  }

  private entry(): void {
    this.space();
    if (this.text[this.at] !== '"') this.unexpected('was expecting double-quote to start field name');
    this.string();
    this.space();
    if (this.text[this.at] !== ':') this.unexpected('was expecting a colon to separate field name and value');
    this.at++;
    this.value();
  }

  private string(): void {
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      const char = this.text[this.at];
      if (char === undefined) throw new Fault('Unexpected end-of-input: was expecting closing quote for a string value');
      if (char < ' ') {
        throw new Fault(
          `Illegal unquoted character ((CTRL-CHAR, code ${char.charCodeAt(0)})): has to be escaped using backslash to be included in string value`,
        );
      }
      if (char === '\\') this.escape();
    }
    this.at++;
  }

  private escape(): void {
    this.at++;
    const char = this.text[this.at] ?? '';
    if (char === 'u') {
      if (!/^[\da-fA-F]{4}/.test(this.text.slice(this.at + 1))) {
        this.at++;
        this.unexpected('expected a hex-digit for character escape sequence');
      }
      this.at += 4;
    } else if (!'"\\/bfnrt'.includes(char) || char === '') {
      throw new Fault(`Unrecognized character escape ${described(char)}`);
    }
  }

  private unexpected(expected: string): never {
    const char = this.text[this.at];
    if (char === undefined) throw new Fault('Unexpected end-of-input');
    throw new Fault(`Unexpected character (${described(char)}): ${expected}`);
  }

  private space(): void {
    this.match(SPACE);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}

function described(char: string): string {
  return char === '' ? 'end-of-input' : `'${char}' (code ${char.charCodeAt(0)})`;
}
