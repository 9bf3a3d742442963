import { statesError } from './errors';

export interface Tag {
  readonly key?: string;
  readonly value?: string;
}

const MAX_TAGS = 50;

/** The tags of machines and activities; they go with what they are on. */
export class Tags {
  private readonly byResource = new WeakMap<object, ReadonlyMap<string, string>>();

  add(resource: object, tags: readonly Tag[]): void {
    const all = new Map(this.byResource.get(resource));
    for (const { key, value = '' } of tags) if (key !== undefined) all.set(key, value);
    if (all.size > MAX_TAGS) throw statesError('TooManyTags', `A resource can have at most ${MAX_TAGS} tags, not ${all.size}`);
    this.byResource.set(resource, all);
  }

  remove(resource: object, keys: readonly string[]): void {
    const all = new Map(this.byResource.get(resource));
    for (const key of keys) all.delete(key);
    this.byResource.set(resource, all);
  }

  list(resource: object): Tag[] {
    return [...(this.byResource.get(resource) ?? [])].map(([key, value]) => ({ key, value }));
  }
}
