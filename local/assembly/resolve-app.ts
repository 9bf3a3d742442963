import type { AppScope } from './app-scope';
import { Assembly } from './assembly';
import { locateAsset } from './asset-location';
import { findCycles } from './cycles';
import { isObject } from './json';
import type { Resource } from './model';
import type { StackScope } from './stack-scope';

/** What this macro adds, among others Fn::Length and Fn::ToJsonString, is resolved without it. */
const RESOLVED_TRANSFORM = 'AWS::LanguageExtensions';

/** Resolves every resource of an app. */
export function resolveApp(app: AppScope): Assembly {
  const scopes = app.stacks();
  for (const scope of scopes) reportTransforms(scope);
  const resources = scopes.flatMap((scope) => scope.logicalIds().map((logicalId) => resolveResource(app, scope, logicalId)));
  for (const scope of scopes) reportCycles(scope);
  return new Assembly(
    scopes.map((scope) => scope.stack),
    resources,
    app.evaluation.problems.list,
    app.assets,
  );
}

function resolveResource(app: AppScope, scope: StackScope, logicalId: string): Resource {
  const type = scope.template.type(logicalId);
  const identity = scope.identity(logicalId);
  const metadata = scope.template.attribute(logicalId, 'Metadata');
  const properties = scope.properties(logicalId);
  return {
    type,
    logicalId,
    stack: scope.stack,
    path: scope.template.path(logicalId),
    physicalId: identity.ref,
    arn: identity.arn || undefined,
    properties,
    metadata: isObject(metadata) ? metadata : {},
    asset: locateAsset(type, properties, app.assets, (property) => scope.resourceSite(logicalId, property)),
  };
}

function reportTransforms(scope: StackScope): void {
  for (const name of scope.template.transforms) {
    if (name !== RESOLVED_TRANSFORM) {
      scope
        .site('template', 'Transform')
        .report(`transform "${name}" is not supported; replace it by the template that it makes`);
    }
  }
}

function reportCycles(scope: StackScope): void {
  const edges = new Map(scope.logicalIds().map((logicalId) => [logicalId, [...scope.dependencies(logicalId).keys()]]));
  for (const cycle of findCycles(edges)) {
    const [first, second = first] = cycle;
    const property = scope.dependencies(first).get(second) ?? 'DependsOn';
    const chain = [...cycle, first].join(' -> ');
    scope
      .resourceSite(first, property)
      .report(`circular dependency ${chain}, which CloudFormation refuses; move one reference out`);
  }
}
