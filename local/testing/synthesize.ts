/**
 * Any construct of an app: a Stack, a Stage or an App. Described by shape, so that the kit works with whatever
 * version of aws-cdk-lib the test itself uses.
 */
export interface SynthesizableConstruct {
  readonly node: { readonly root: unknown };
}

interface Synthesizer {
  synth(options?: { force?: boolean }): { readonly directory: string };
}

/** Synthesizes the app that a construct is part of; returns the folder of its cloud assembly. */
export function synthesize(construct: SynthesizableConstruct): string {
  const root = construct?.node?.root as Partial<Synthesizer> | undefined;
  if (typeof root?.synth !== 'function') {
    throw new TypeError('expected a Stack, a Stage or an App of aws-cdk-lib that is part of an App: new Stack(new App(), …)');
  }
  return (root as Synthesizer).synth({ force: true }).directory;
}
