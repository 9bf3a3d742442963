/** Computes the value of each label once. A label that is asked for while it is being computed depends on itself. */
export class Once {
  private readonly values = new Map<string, unknown>();
  private readonly pending: string[] = [];

  public get<T>(label: string, compute: () => T, onCycle: (chain: string) => T): T {
    if (this.values.has(label)) return this.values.get(label) as T;
    const start = this.pending.indexOf(label);
    if (start >= 0) return onCycle([...this.pending.slice(start), label].join(' -> '));
    this.pending.push(label);
    try {
      const value = compute();
      this.values.set(label, value);
      return value;
    } finally {
      this.pending.pop();
    }
  }
}
