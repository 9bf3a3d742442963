/** Makes the test of StringMatches: `*` stands for any characters, `\*` for itself. Each text is gone through once. */
export function wildcard(pattern: string): (text: string) => boolean {
  const pieces = split(pattern);
  const [first, last] = [pieces[0], pieces[pieces.length - 1]];
  if (pieces.length === 1) return (text) => text === first;
  const inner = pieces.slice(1, -1);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of inner) {
      const found = text.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return at <= text.length - last.length;
  };
}

/** What stands between the wildcards. */
function split(pattern: string): string[] {
  const pieces = [''];
  for (const [part, escaped] of pattern.matchAll(/\\([\\*])|[\s\S]/g)) {
    if (part === '*') pieces.push('');
    else pieces[pieces.length - 1] += escaped ?? part;
  }
  return pieces;
}
