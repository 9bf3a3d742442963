/** A path or an intrinsic function that cannot be read. */
export class PathSyntaxError extends Error {}

/** A position in an expression. */
export class Reader {
  constructor(
    readonly text: string,
    public position = 0,
  ) {}

  get ended(): boolean {
    return this.position >= this.text.length;
  }

  peek(): string {
    return this.text[this.position] ?? '';
  }

  skip(literal: string): boolean {
    if (!this.text.startsWith(literal, this.position)) return false;
    this.position += literal.length;
    return true;
  }

  expect(literal: string): void {
    if (!this.skip(literal)) throw this.error(`'${literal}'`);
  }

  space(): void {
    this.match(/\s*/y);
  }

  /** @param pattern sticky */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  error(expected: string): PathSyntaxError {
    return new PathSyntaxError(`expected ${expected} at position ${this.position} of ${this.text}`);
  }
}
