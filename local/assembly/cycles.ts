/** Cycles among nodes that depend on each other, one for each edge that closes one. Walks without recursion, however long a chain is. */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const root of edges.keys()) {
    if (!done.has(root)) walk(root);
  }
  return cycles;

  function walk(root: string): void {
    const path = new Map([[root, 0]]);
    const steps = [iterate(root)];
    const nodes = [root];
    while (steps.length > 0) {
      const { value: next, done: exhausted } = steps[steps.length - 1].next();
      if (exhausted) {
        steps.pop();
        const node = nodes.pop()!;
        path.delete(node);
        done.add(node);
        continue;
      }
      const start = path.get(next);
      if (start !== undefined) {
        cycles.push(nodes.slice(start));
      } else if (!done.has(next)) {
        path.set(next, nodes.length);
        nodes.push(next);
        steps.push(iterate(next));
      }
    }
  }

  function iterate(node: string): Iterator<string> {
    return (edges.get(node) ?? [])[Symbol.iterator]();
  }
}
