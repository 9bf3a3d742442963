/** Keeps the newest of what it is given, and tells which one has to go. */
export class Retention<T> {
  private readonly kept: T[] = [];
  private oldest = 0;

  constructor(private readonly limit: number) {
    if (!Number.isInteger(limit) || limit < 1) throw new Error(`retention must be a positive integer, got ${limit}`);
  }

  /** Returns what is kept no longer. */
  add(item: T): T | undefined {
    if (this.kept.length < this.limit) {
      this.kept.push(item);
      return undefined;
    }
    const gone = this.kept[this.oldest];
    this.kept[this.oldest] = item;
    this.oldest = (this.oldest + 1) % this.limit;
    return gone;
  }
}
