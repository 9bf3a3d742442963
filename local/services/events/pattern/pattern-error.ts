/** Why a pattern is none; each service wraps it in its own error. */
export class PatternError extends Error {}
