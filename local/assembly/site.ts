import { type Place, type Problems, unresolved } from './problems';

/** The property that is being resolved: takes its problems, and notes which resources it refers to. */
export class Site implements Place {
  constructor(
    private readonly problems: Problems,
    public readonly stack: string,
    public readonly resource: string,
    public readonly property: string,
    private readonly references?: Map<string, string>,
    /** Whether an intrinsic function surrounds the value: its arguments are not properties of their own. */
    public readonly inFunction = false,
  ) {}

  public at(key: string | number): Site {
    if (this.inFunction) return this;
    const property = this.property === '' ? String(key) : `${this.property}.${key}`;
    return new Site(this.problems, this.stack, this.resource, property, this.references);
  }

  public asArgument(): Site {
    return this.inFunction ? this : new Site(this.problems, this.stack, this.resource, this.property, this.references, true);
  }

  public report(reason: string): void {
    this.problems.add(this, reason);
  }

  /** Reports, and gives what stands in for the value. */
  public unresolved(what: string, reason: string): string {
    this.report(reason);
    return unresolved(what);
  }

  public refersTo(logicalId: string): void {
    if (this.references?.has(logicalId) === false) this.references.set(logicalId, this.property);
  }
}
