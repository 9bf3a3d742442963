/** The app cannot be read at all. What can be read but not resolved is a `Problem` of the assembly instead. */
export class AssemblyError extends Error {
  public override readonly name = 'AssemblyError';
}
