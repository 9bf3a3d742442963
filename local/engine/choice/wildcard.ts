/** The pattern of StringMatches: `*` stands for any characters, `\*` for itself. */
export function wildcardPattern(text: string): RegExp {
  const source = text.replace(/\\([\\*])|\*|[.+?^${}()|[\]\\]/g, (found, escaped) => {
    if (escaped !== undefined) return `\\${escaped}`;
    return found === '*' ? '[\\s\\S]*' : `\\${found}`;
  });
  return new RegExp(`^${source}$`);
}
