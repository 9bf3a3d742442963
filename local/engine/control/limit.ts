/** How many lines of work may run at once; it may change while they do. */
export class Limit {
  private more = () => {};

  constructor(private most: number) {}

  get value(): number {
    return this.most;
  }

  set(most: number): void {
    this.most = most;
    this.more();
  }

  /** Has `begin` called when there may be room for more. */
  onChange(begin: () => void): void {
    this.more = begin;
  }
}
