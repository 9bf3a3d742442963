/** TestState's answer to a request that it does not run. */
export class TestStateRefusal extends Error {
  constructor(
    readonly code: 'ValidationException' | 'InvalidDefinition' | 'InvalidExecutionInput',
    message: string,
  ) {
    super(message);
    this.name = 'TestStateRefusal';
  }
}

export function invalid(message: string): TestStateRefusal {
  return new TestStateRefusal('ValidationException', message);
}
