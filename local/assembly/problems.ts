import type { Problem } from './model';

/** Where a value stands, so that a problem can say so. */
export interface Place {
  /** Construct path of the stack. */
  readonly stack: string;
  readonly resource: string;
  readonly property: string;
}

/** Stands in for a value that is not known, so that loading goes on. Free of characters that ARNs are split at or JSON escapes. */
export function unresolved(what: string): string {
  return `UNRESOLVED(${what.replace(/[^\w.-]+/g, '_').slice(0, 100)})`;
}

export function holdsUnresolved(text: string): boolean {
  return text.includes('UNRESOLVED(');
}

/** Collects problems, each once: the same value is resolved again by everything that refers to it. */
export class Problems {
  private readonly found = new Map<string, Problem>();

  public get list(): Problem[] {
    return [...this.found.values()];
  }

  public add(place: Place, reason: string): void {
    const { stack, resource, property } = place;
    this.found.set(JSON.stringify([stack, resource, property, reason]), { stack, resource, property, reason });
  }
}
