import type { ExprNode } from 'jsonata';

/** The variables that an expression names, functions among them. */
export function variablesOf(expression: ExprNode): Set<string> {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      const { type, value } = node as ExprNode;
      if (type === 'variable') names.add(String(value));
      Object.values(node).forEach(visit);
    }
  };
  visit(expression);
  return names;
}
