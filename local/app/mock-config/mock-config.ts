import type { Json } from '../../engine/host';
import { LoadError } from '../load-error';
import { MockedResponse, objectOf } from './mocked-response';

/** States of one test case, by name, and what answers them. */
export type TestCase = ReadonlyMap<string, MockedResponse>;

/**
 * The mock configuration file of AWS's Step Functions Local: test cases of machines, and the answers that their states get
 * in place of services.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
 */
export class MockConfig {
  private readonly machines: ReadonlyMap<string, ReadonlyMap<string, TestCase>>;

  /**
   * @param text a JSON text
   * @throws LoadError naming what is wrong in it
   */
  constructor(text: string) {
    const { StateMachines, MockedResponses = {} } = objectOf(parsed(text), 'the mock configuration');
    const given = Object.entries(objectOf(MockedResponses, 'MockedResponses'));
    const responses = new Map(given.map(([name, response]) => [name, new MockedResponse(name, response)]));
    this.machines = mapOf(StateMachines, 'StateMachines', (machine, where) => {
      const { TestCases } = objectOf(machine, where);
      return mapOf(TestCases, `${where}.TestCases`, (states, inCase) =>
        mapOf(states, inCase, (name, inState) => {
          const response = responses.get(String(name));
          if (response !== undefined) return response;
          throw new LoadError(`${inState} names ${JSON.stringify(name)}, which MockedResponses has not`, [...responses.keys()]);
        }),
      );
    });
  }

  /** @throws LoadError naming those there are */
  testCase(machine: string, name: string): TestCase {
    const cases = this.machines.get(machine);
    if (cases === undefined)
      throw new LoadError(`the mock configuration has no state machine '${machine}'; it has`, [...this.machines.keys()]);
    const found = cases.get(name);
    if (found === undefined)
      throw new LoadError(`the mock configuration of '${machine}' has no test case '${name}'; it has`, [...cases.keys()]);
    return found;
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new LoadError(`the mock configuration is no JSON: ${(error as Error).message}`);
  }
}

function mapOf<T>(value: Json | undefined, where: string, read: (value: Json, where: string) => T): Map<string, T> {
  return new Map(Object.entries(objectOf(value, where)).map(([name, one]) => [name, read(one, `${where}.${name}`)]));
}
