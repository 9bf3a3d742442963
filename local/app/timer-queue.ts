interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
  cancelled: boolean;
}

/** Timers by time, then by the order they were set: a binary heap that drops the cancelled ones as they surface. */
export class TimerQueue {
  private readonly heap: Timer[] = [];
  private count = 0;

  add(at: number, fire: () => void): () => void {
    const timer: Timer = { at, order: this.count++, fire, cancelled: false };
    this.heap.push(timer);
    this.siftUp(this.heap.length - 1);
    return () => {
      timer.cancelled = true;
    };
  }

  /** The time of the next timer, or undefined when none is left. */
  nextAt(): number | undefined {
    while (this.heap[0]?.cancelled) this.removeFirst();
    return this.heap[0]?.at;
  }

  /** Removes the next timer and returns what it fires. */
  take(): (() => void) | undefined {
    return this.nextAt() === undefined ? undefined : this.removeFirst().fire;
  }

  private removeFirst(): Timer {
    const first = this.heap[0]!;
    const last = this.heap.pop()!;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.siftDown();
    }
    return first;
  }

  private siftUp(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.before(child, parent)) return;
      this.swap(child, parent);
      child = parent;
    }
  }

  private siftDown(): void {
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      const right = left + 1;
      let first = parent;
      if (left < this.heap.length && this.before(left, first)) first = left;
      if (right < this.heap.length && this.before(right, first)) first = right;
      if (first === parent) return;
      this.swap(first, parent);
      parent = first;
    }
  }

  private before(a: number, b: number): boolean {
    const [x, y] = [this.heap[a]!, this.heap[b]!];
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b]!, this.heap[a]!];
  }
}
