export { type CompileOptions, compile } from './compile';
export type { MachineType, QueryLanguage } from './definition/fields';
export { DefinitionError, type Problem, type ProblemCode } from './definition/problems';
export { Execution, type ExecutionOptions, type ExecutionResult, type ExecutionStatus } from './execution';
export { type ApiHistoryEvent, toApiEvent } from './history/api-event';
export type { EventDetails, HistoryEvent } from './history/events';
export type { Clock, Host, Json, ObjectStore, StoredObject, TaskOutcome, TaskProgress, TaskRequest } from './host';
export type { Machine } from './machine';
export type { MapRun, MapRunCounts, MapRunStatus } from './map-run/map-run';
export { ExecutionNotRedrivable, type Redrivability } from './redrive';
export { TestStateRefusal } from './test-state/refusal';
export type {
  InspectionData,
  Mock,
  StateConfiguration,
  TestStateOptions,
  TestStateRequest,
  TestStateResult,
} from './test-state/request';
export { testState } from './test-state/test-state';
