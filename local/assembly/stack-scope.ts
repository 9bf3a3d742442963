import type { AppScope } from './app-scope';
import { Identity } from './identity';
import { isObject, type Json, type JsonObject, own, quote, textOf, type Value } from './json';
import type { Stack } from './model';
import { nestedTemplate } from './nested-template';
import { parameterValue } from './parameters';
import { holdsUnresolved } from './problems';
import { pseudoParameters } from './pseudo-parameters';
import type { Scope } from './scope';
import { Site } from './site';
import { type StackSource, Template } from './template';

const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** What surrounds a nested stack. */
interface Parent {
  parameter(name: string): Value;
  /** Keys of this template and of those around it. */
  readonly templates: readonly string[];
}

/** One stack, resolved on demand: whatever is asked for asks for what it needs. */
export class StackScope implements Scope {
  public readonly stack: Stack;
  public readonly template: Template;
  private readonly pseudo: ReadonlyMap<string, Value>;
  private readonly children = new Map<string, StackScope | undefined>();
  private included?: readonly string[];
  private readonly identities = new Map<string, Identity>();
  /** For each resource those it refers to, with the property that does. */
  private readonly references = new Map<string, Map<string, string>>();

  constructor(
    private readonly source: StackSource,
    private readonly app: AppScope,
    private readonly parent?: Parent,
  ) {
    this.stack = source.stack;
    this.template = new Template(source);
    this.pseudo = pseudoParameters(source.stack);
  }

  public get region(): string {
    return this.stack.region;
  }

  /** This stack and those nested in it. */
  public tree(): StackScope[] {
    return [this, ...this.logicalIds().flatMap((logicalId) => this.nested(logicalId)?.tree() ?? [])];
  }

  public ref(name: string, site: Site): Value {
    if (this.pseudo.has(name)) return this.pseudo.get(name);
    const declaration = this.template.declared('Parameters', name);
    if (declaration !== undefined) {
      const given = this.parent ? this.parent.parameter(name) : this.app.parameter(this.stack.name, name);
      return parameterValue(name, declaration, given, site);
    }
    return this.target(name, site)?.ref ?? missing(name, site);
  }

  public attribute(logicalId: string, attribute: string, site: Site): Value {
    const identity = this.target(logicalId, site);
    if (identity === undefined) return missing(`${logicalId}.${attribute}`, site);
    const nested = attribute.startsWith('Outputs.') ? this.nested(logicalId) : undefined;
    if (nested) return nested.output(attribute.slice('Outputs.'.length), site);
    return (
      identity.attribute(attribute) ??
      site.unresolved(
        `${logicalId}.${attribute}`,
        `attribute "${attribute}" of ${this.template.label(logicalId)} is not known before deployment`,
      )
    );
  }

  public condition(name: string, site: Site): boolean | undefined {
    const declaration = this.template.declared('Conditions', name);
    if (declaration === undefined) {
      site.report(`there is no condition "${name}" in this template; declare it under Conditions`);
      return undefined;
    }
    const at = this.site(`condition ${name}`, '');
    const value = this.once(`condition ${name}`, at, () => this.app.evaluation.resolve(declaration, at, this));
    if (typeof value === 'boolean') return value;
    // what is not known was reported where it stands
    if (!(typeof value === 'string' && holdsUnresolved(value))) {
      at.report(`a condition is made of Fn::Equals, Fn::And, Fn::Or and Fn::Not, got ${quote(value)}`);
    }
    return undefined;
  }

  public mapping(map: string, first: string, second: string): Value {
    return own(own(this.template.declared('Mappings', map), first), second);
  }

  public importValue(name: string, site: Site): Value {
    return this.app.importValue(name, this, site);
  }

  public stackOutput(stackName: string, output: string, region: string, site: Site): Value {
    return this.app.stackOutput(stackName, output, region, site);
  }

  /** The value of an output of this stack, for whoever refers to it at `site`. */
  public output(name: string, site: Site): Value {
    const declaration = this.template.declared('Outputs', name);
    if (!isObject(declaration) || !this.isIncluded(declaration, `output ${name}`)) {
      return site.unresolved(`${this.stack.name}.${name}`, `stack "${this.stack.name}" has no output "${name}"; add it`);
    }
    const at = this.site(`output ${name}`, 'Value');
    return this.once(`output ${name}`, at, () => this.app.evaluation.resolve(declaration.Value ?? null, at, this));
  }

  /** Names under which outputs of this stack are exported. */
  public exports(): { readonly name: string; readonly output: string }[] {
    return Object.entries(this.template.section('Outputs')).flatMap(([output, declaration]) => {
      const name = own(own(declaration, 'Export'), 'Name');
      if (name === undefined || !this.isIncluded(declaration, `output ${output}`)) return [];
      const text = textOf(this.app.evaluation.resolve(name, this.site(`output ${output}`, 'Export.Name'), this));
      return text === undefined ? [] : [{ name: text, output }];
    });
  }

  /** Resources that the template would create: well formed, and with no condition that is false. */
  public logicalIds(): readonly string[] {
    this.included ??= this.includedResources();
    return this.included;
  }

  public identity(logicalId: string): Identity {
    const known = this.identities.get(logicalId);
    if (known) return known;
    const type = this.template.type(logicalId);
    const identity = new Identity(this.stack, logicalId, type, (name) => this.property(logicalId, name));
    this.identities.set(logicalId, identity);
    return identity;
  }

  public properties(logicalId: string): JsonObject {
    const declared = this.template.attribute(logicalId, 'Properties') ?? {};
    if (!isObject(declared)) {
      this.resourceSite(logicalId, 'Properties').report('Properties must be an object; write one');
      return {};
    }
    const resolved = Object.keys(declared).flatMap((name): [string, Json][] => {
      const value = this.property(logicalId, name);
      return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(resolved);
  }

  public resourceSite(logicalId: string, property: string): Site {
    return this.site(this.template.label(logicalId), property, this.dependencies(logicalId));
  }

  /** The resources that a resource refers to, each with the property that does. Complete once its properties are resolved. */
  public dependencies(logicalId: string): Map<string, string> {
    const known = this.references.get(logicalId);
    if (known) return known;
    const dependsOn = [this.template.attribute(logicalId, 'DependsOn')].flat();
    const references = new Map(dependsOn.filter((id) => typeof id === 'string').map((id) => [id, 'DependsOn']));
    this.references.set(logicalId, references);
    return references;
  }

  public site(resource: string, property: string, references?: Map<string, string>): Site {
    return new Site(this.app.evaluation.problems, this.stack.path, resource, property, references);
  }

  private property(logicalId: string, name: string): Value {
    const value = own(this.template.attribute(logicalId, 'Properties'), name);
    if (value === undefined) return undefined;
    const site = this.resourceSite(logicalId, name);
    if (name.startsWith('Fn::')) {
      return site.unresolved(name, `${name} over all properties is not supported; replace it by what it makes`);
    }
    return this.once(`${logicalId}.${name}`, site, () => this.app.evaluation.resolve(value, site, this));
  }

  /** The stack that a resource stands for. Opened on demand, as the stacks nested in one template refer to each other. */
  private nested(logicalId: string): StackScope | undefined {
    if (this.template.type(logicalId) !== NESTED_STACK) return undefined;
    if (!this.children.has(logicalId)) this.children.set(logicalId, this.open(logicalId));
    return this.children.get(logicalId);
  }

  private open(logicalId: string): StackScope | undefined {
    const ancestors = this.parent?.templates ?? [];
    const site = this.resourceSite(logicalId, 'TemplateURL');
    const found = nestedTemplate(this.property(logicalId, 'TemplateURL'), ancestors, this.app.assets, site);
    if (found === undefined) return undefined;
    const stack = { ...this.stack, id: logicalId, name: this.identity(logicalId).name, path: this.template.path(logicalId) };
    const source = { stack, template: found.template, constructPath: this.source.constructPath };
    return new StackScope(source, this.app, {
      parameter: (name) => own(this.property(logicalId, 'Parameters'), name),
      templates: [...ancestors, found.key],
    });
  }

  private once(label: string, site: Site, compute: () => Value): Value {
    return this.app.evaluation.once.get(`${this.stack.path}: ${label}`, compute, (chain) =>
      site.unresolved(label, `the value depends on itself: ${chain}; break the cycle`),
    );
  }

  /** The resource that something refers to; `undefined` when the template creates none of that name. */
  private target(logicalId: string, site: Site): Identity | undefined {
    const declaration = this.template.declared('Resources', logicalId);
    if (typeof own(declaration, 'Type') !== 'string') return undefined;
    if (!this.isIncluded(declaration, this.template.label(logicalId))) return undefined;
    site.refersTo(logicalId);
    return this.identity(logicalId);
  }

  private includedResources(): string[] {
    return Object.entries(this.template.section('Resources')).flatMap(([logicalId, declaration]) => {
      const isResource = typeof own(declaration, 'Type') === 'string';
      if (!isResource) this.site(logicalId, 'Type').report('a resource is an object with a Type; give it one');
      return isResource && this.isIncluded(declaration, this.template.label(logicalId)) ? [logicalId] : [];
    });
  }

  private isIncluded(declaration: Value, label: string): boolean {
    const name = own(declaration, 'Condition');
    return typeof name !== 'string' || this.condition(name, this.site(label, 'Condition')) === true;
  }
}

function missing(name: string, site: Site): string {
  return site.unresolved(
    name,
    `"${name}" refers to no parameter or resource of this template, or to one whose condition is false`,
  );
}
