import { LocalApp, type LocalAppOptions } from '../app/local-app';
import { LocalClock } from '../app/local-clock';
import type { LocalMachine } from '../app/local-machine';
import { seededRandom } from '../engine/intrinsics/seeded-random';
import { Recorder } from './coverage/recorder';
import { type SynthesizableConstruct, synthesize } from './synthesize';

/** How a test loads an app. */
export interface LoadOptions {
  /**
   * `virtual`: time stands still but for waits and retry pauses, which take none; a year passes at once, and two runs
   * give the same timestamps. `skip`: waits take none, tasks the time they take. `real`: as on the wall.
   *
   * @default virtual
   */
  readonly clock?: 'virtual' | 'skip' | 'real';
  /**
   * When virtual time begins.
   *
   * @default 2030-01-01T00:00:00Z
   */
  readonly startTime?: Date;
  /**
   * Of the random numbers that retry jitter and the language draw.
   *
   * @default 1
   */
  readonly seed?: number;
  /**
   * Where services of AWS are that tasks are to reach, by name: `{ dynamodb: 'http://127.0.0.1:8000' }`. The project has
   * their `@aws-sdk/client-…` installed.
   *
   * @default - those that are emulated, in the test's own process
   */
  readonly endpoints?: LocalAppOptions['endpoints'];
  /**
   * Called with each line that a function logs.
   *
   * @default - logs are dropped
   */
  readonly onLog?: LocalAppOptions['onLog'];
}

/** Synthesizes the app of a Stack, Stage or App and loads it. */
export function loadStack(construct: SynthesizableConstruct, options: LoadOptions = {}): LocalApp {
  return loadAssembly(synthesize(construct), options);
}

/** Loads the folder that `cdk synth` wrote. */
export function loadAssembly(directory: string, options: LoadOptions = {}): LocalApp {
  return recorded(options, (given) => LocalApp.load(directory, given));
}

/** Loads a CloudFormation template. It brings no code along: answer its tasks. */
export function loadTemplate(template: object, options: LoadOptions = {}): LocalApp {
  return recorded(options, (given) => LocalApp.fromTemplate(template, given));
}

/** How a test loads a definition. */
export interface DefinitionOptions extends LoadOptions {
  /**
   * Standard or Express.
   *
   * @default STANDARD
   */
  readonly type?: LocalMachine['type'];
}

/**
 * Loads a definition in Amazon States Language, an object or a JSON text, as the only machine of an app:
 * `loadDefinition(…).machine()`. It brings no code along: answer its tasks.
 */
export function loadDefinition(definition: object | string, options: DefinitionOptions = {}): LocalApp {
  const DefinitionString = typeof definition === 'string' ? definition : JSON.stringify(definition);
  const { type: StateMachineType = 'STANDARD' } = options;
  const properties = { DefinitionString, StateMachineType };
  return loadTemplate(
    { Resources: { StateMachine: { Type: 'AWS::StepFunctions::StateMachine', Properties: properties } } },
    options,
  );
}

/** Loads an app whose coverage is recorded. */
function recorded(options: LoadOptions, load: (options: LocalAppOptions) => LocalApp): LocalApp {
  const recorder = new Recorder();
  return recorder.attach(load({ ...appOptions(options), onEnd: recorder.onEnd }));
}

const DEFAULT_START = new Date('2030-01-01T00:00:00Z');

function appOptions({ clock = 'virtual', startTime = DEFAULT_START, seed = 1, endpoints, onLog }: LoadOptions): LocalAppOptions {
  const clocks = { virtual: () => LocalClock.virtual(startTime), skip: LocalClock.skippingWaits, real: LocalClock.real };
  return { clock: clocks[clock](), random: randomFrom(seed), endpoints, onLog };
}

/** The same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let next = seed;
  return () => seededRandom(next++);
}
