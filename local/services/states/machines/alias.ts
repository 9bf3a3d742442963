import type { Version } from './version';

/** Where an alias leads: to one or two versions, by weights that add up to 100. */
export type Routing = readonly { readonly version: Version; readonly weight: number }[];

/** A name that leads to versions of a machine. */
export class Alias {
  description: string | undefined;
  routing: Routing;
  updateDate: number;

  /** @param creationDate milliseconds since the epoch */
  constructor(
    readonly arn: string,
    readonly name: string,
    readonly creationDate: number,
    settings: { readonly description?: string; readonly routing: Routing },
  ) {
    this.description = settings.description;
    this.routing = settings.routing;
    this.updateDate = creationDate;
  }

  /** @param random in [0, 1) */
  route(random: number): Version {
    const [first, second] = this.routing;
    return second === undefined || random * 100 < first.weight ? first.version : second.version;
  }

  leadsTo(version: Version): boolean {
    return this.routing.some((route) => route.version === version);
  }

  /** Whether it was made by the same settings. */
  matches(description: string | undefined, routing: Routing): boolean {
    return (
      this.description === description &&
      this.routing.length === routing.length &&
      routing.every(({ version, weight }) => this.routing.some((route) => route.version === version && route.weight === weight))
    );
  }
}
