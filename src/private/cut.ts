/** The text, ending in `...` where it was longer than `length`. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}
