import { Evaluation } from './evaluation';
import { own, type Value } from './json';
import type { Assets } from './model';
import type { Site } from './site';
import { StackScope } from './stack-scope';
import type { StackSource } from './template';

/** What the stacks of one app share: assets, parameters that the user gives, and the outputs they read from each other. */
export class AppScope {
  public readonly evaluation = new Evaluation();
  private readonly roots: readonly StackScope[];
  private exports?: Map<string, { readonly stack: StackScope; readonly output: string }>;

  constructor(
    sources: readonly StackSource[],
    public readonly assets: Assets,
    private readonly parameters: { readonly [name: string]: string },
  ) {
    this.roots = sources.map((source) => new StackScope(source, this));
  }

  /** Every stack, nested ones after their parent. */
  public stacks(): StackScope[] {
    return this.roots.flatMap((root) => root.tree());
  }

  /** `Stack:Name` before `Name`, as `cdk deploy --parameters` has it. */
  public parameter(stackName: string, name: string): Value {
    return own(this.parameters, `${stackName}:${name}`) ?? own(this.parameters, name);
  }

  public importValue(name: string, importer: StackScope, site: Site): Value {
    const found = this.exported().get(exportKey(importer, name));
    if (found === undefined) {
      const { account, region } = importer.stack;
      return site.unresolved(
        name,
        `no stack of this app exports "${name}" in account ${account}, region ${region}; add the stack that does`,
      );
    }
    return found.stack.output(found.output, site);
  }

  public stackOutput(nameOrArn: string, output: string, region: string, site: Site): Value {
    const name = nameOrArn.startsWith('arn:') ? nameOrArn.split('/')[1] : nameOrArn;
    const found = this.roots.find(({ stack }) => stack.name === name && stack.region === region);
    return found
      ? found.output(output, site)
      : site.unresolved(`${name}.${output}`, `this app has no stack "${name}" in region ${region}; add it to the app`);
  }

  private exported() {
    if (this.exports === undefined) {
      // set before it is filled: the name of an export could itself import something
      this.exports = new Map();
      for (const stack of this.stacks()) {
        for (const { name, output } of stack.exports()) this.exports.set(exportKey(stack, name), { stack, output });
      }
    }
    return this.exports;
  }
}

function exportKey({ stack }: StackScope, name: string): string {
  return JSON.stringify([stack.account, stack.region, name]);
}
