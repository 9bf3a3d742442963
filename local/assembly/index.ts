export { Assembly } from './assembly';
export { AssemblyError } from './errors';
export { type LambdaCode, type LambdaFunctionResource, lambdaFunctions } from './lambda-functions';
export type { Assets, FileAsset, ImageAsset, Problem, Resource, Stack } from './model';
export { DEFAULT_ACCOUNT, DEFAULT_REGION, type ReadOptions } from './options';
export { readAssembly } from './read-assembly';
export { type ReadTemplateOptions, readTemplate } from './read-template';
export { type StateMachineResource, stateMachines } from './state-machines';
