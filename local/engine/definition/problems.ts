/** Something wrong with a definition, as AWS words it. */
export interface Problem {
  readonly code: ProblemCode;
  /** Where, as a JSON pointer: `/States/A/Next`. */
  readonly location: string;
  readonly message: string;
}

/** NOT_SUPPORTED is this engine's own: valid in AWS, refused here by name. */
export type ProblemCode = 'INVALID_JSON_DESCRIPTION' | 'SCHEMA_VALIDATION_FAILED' | 'MISSING_TRANSITION_TARGET' | 'NOT_SUPPORTED';

/** A state machine that cannot be loaded. */
export class DefinitionError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(`Invalid State Machine Definition: '${problems.map(problemText).join(', ')}'`);
    this.name = 'DefinitionError';
  }

  /** Whether the definition is right, and only asks for what this engine lacks. */
  get unsupported(): boolean {
    return this.problems.every((problem) => problem.code === 'NOT_SUPPORTED');
  }
}

function problemText({ code, location, message }: Problem): string {
  return `${code}: ${message}${location === '' ? '' : ` at ${location}`}`;
}
