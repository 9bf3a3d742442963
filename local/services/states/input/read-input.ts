import { modelViolation } from '../../http/aws-error';
import type { Shape } from './shape';

/** Reads the input of an operation; throws for all that AWS's model forbids at once. */
export function readInput<T>(shape: Shape<T>, input: unknown): T {
  const violations: string[] = [];
  const value = shape.read(input, '', violations);
  if (violations.length > 0) throw modelViolation(violations);
  return value;
}
