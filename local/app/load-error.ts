/** Why an app or a machine cannot be run here: each line names a resource or state, and the way out. */
export class LoadError extends Error {
  constructor(what: string, reasons: readonly string[] = []) {
    super([what, ...reasons.map((reason) => `  - ${reason}`)].join('\n'));
    this.name = 'LoadError';
  }
}
