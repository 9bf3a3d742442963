import { intrinsics } from './intrinsics';
import { type Json, type JsonObject, quote, type Value } from './json';
import { Once } from './once';
import { holdsUnresolved, Problems } from './problems';
import type { Scope } from './scope';
import type { Site } from './site';

/** Far deeper than CloudFormation's own limits let a template be, far shallower than the JavaScript stack. */
const MAX_DEPTH = 256;
/** As much as CloudFormation accepts anywhere: the inline code of a function. Functions of functions can double a text at every level. */
const MAX_LENGTH = 4 * 1024 * 1024;

/** Replaces intrinsic functions by their values. One for a whole app, as stacks refer to each other. */
export class Evaluation {
  public readonly problems = new Problems();
  public readonly once = new Once();
  private depth = 0;

  public resolve(value: Json, site: Site, scope: Scope): Value {
    if (typeof value === 'string') return this.checked(value, site);
    if (typeof value !== 'object' || value === null) return value;
    if (this.depth >= MAX_DEPTH) {
      return site.unresolved('depth', `the value is nested, or refers on and on, more than ${MAX_DEPTH} levels deep; flatten it`);
    }
    this.depth++;
    try {
      return Array.isArray(value) ? this.resolveList(value, site, scope) : this.resolveObject(value, site, scope);
    } finally {
      this.depth--;
    }
  }

  private resolveList(list: Json[], site: Site, scope: Scope): Json[] {
    return list
      .map((item, index) => this.resolve(item, site.at(index), scope))
      .filter((item): item is Json => item !== undefined);
  }

  private resolveObject(object: JsonObject, site: Site, scope: Scope): Value {
    const keys = Object.keys(object);
    if (keys.length === 1 && isFunctionName(keys[0])) return this.call(keys[0], object[keys[0]], site, scope);
    const entries: [string, Json][] = [];
    for (const key of keys) {
      const value = key.startsWith('Fn::')
        ? site.unresolved(
            key,
            `${key} stands beside ${quote(keys.filter((other) => other !== key))}; it must be the only key of its object`,
          )
        : this.resolve(object[key], site.at(key), scope);
      if (value !== undefined) entries.push([key, value]);
    }
    return Object.fromEntries(entries);
  }

  private call(name: string, argument: Json, site: Site, scope: Scope): Value {
    const intrinsic = intrinsics.get(name);
    if (intrinsic === undefined) {
      return site.unresolved(name, `${name} is not supported; replace it by its value`);
    }
    const inside = site.asArgument();
    const resolve = (value: Json): Value => this.resolve(value, inside, scope);
    const value = intrinsic(argument, {
      scope,
      site: inside,
      resolve,
      resolveBranch: (branch) => this.resolve(branch, site, scope),
      refuse: (expected) => {
        const got = quote(resolve(argument));
        // what was wrong with it is reported already
        return holdsUnresolved(got)
          ? (got.match(/UNRESOLVED\([\w.-]*\)/)?.[0] ?? name)
          : site.unresolved(name, `${name} takes ${expected}, got ${got}`);
      },
    });
    if (typeof value !== 'string') return value;
    if (value.length > MAX_LENGTH) {
      return site.unresolved(name, `${name} makes a text of ${value.length} characters; CloudFormation takes ${MAX_LENGTH}`);
    }
    return this.checked(value, site);
  }

  private checked(text: string, site: Site): string {
    if (!site.inFunction) {
      for (const [reference] of text.matchAll(/\{\{resolve:[^}]*\}\}/g)) {
        site.report(
          `${reference} is looked up by CloudFormation at deployment; it stays as it is, give a plain value to run it here`,
        );
      }
    }
    return text;
  }
}

function isFunctionName(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}
