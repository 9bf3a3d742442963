import type { Call } from './intrinsics';
import { type JsonObject, own, textOf } from './json';

/** The text of `Fn::Sub`: `${Name}`, `${Name.Attribute}`, `${AWS::Region}`, and `${!Literal}` for a literal `${Literal}`. */
export function substitute(template: string, variables: JsonObject, call: Call): string {
  return template.replace(/\$\{([^}]*)\}/g, (match, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (!/^[\w.:]+$/.test(name)) {
      return call.site.unresolved(
        name,
        `Fn::Sub cannot read ${match}; write \${Name}, \${Name.Attribute}, or \${!…} for literal text`,
      );
    }
    const value = own(variables, name) ?? lookUp(name, call);
    return (
      textOf(value) ??
      call.site.unresolved(name, `Fn::Sub puts ${match} into text, but it is ${Array.isArray(value) ? 'a list' : 'no text'}`)
    );
  });
}

function lookUp(name: string, call: Call) {
  const dot = name.indexOf('.');
  return dot < 0 ? call.scope.ref(name, call.site) : call.scope.attribute(name.slice(0, dot), name.slice(dot + 1), call.site);
}
