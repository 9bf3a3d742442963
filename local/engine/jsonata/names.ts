import type { ExprNode } from 'jsonata';

/** What an expression looks at besides its data. */
export interface Names {
  /** The variables, functions among them. */
  readonly variables: ReadonlySet<string>;
  /** Whether it could look at `$states.context`, which takes time to make. */
  readonly context: boolean;
}

export function namesIn(expression: ExprNode): Names {
  const variables = new Set<string>();
  let context = false;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    const { type, value, steps } = node as ExprNode;
    if (steps !== undefined && leadsPastContext(steps)) {
      variables.add('states');
      visit({ ...node, steps: steps.slice(1) });
      return;
    }
    if (type === 'variable') variables.add(String(value));
    if (type === 'variable' && value === 'states') context = true;
    Object.values(node).forEach(visit);
  };
  visit(expression);
  return { variables, context };
}

/** Whether the path begins as `$states.input` does. */
function leadsPastContext([root, next]: readonly ExprNode[]): boolean {
  const states = root?.type === 'variable' && root.value === 'states' && Object.keys(root).length === 3;
  return states && next?.type === 'name' && next.value !== 'context';
}
