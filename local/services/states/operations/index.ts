import * as activities from './activities';
import * as aliases from './aliases';
import * as executions from './executions';
import * as mapRuns from './map-runs';
import * as redrive from './redrive-execution';
import * as stateMachines from './state-machines';
import * as tags from './tags';
import * as taskAnswers from './task-answers';
import * as testState from './test-state';
import * as validation from './validate-definition';
import * as versions from './versions';

/** By the names of AWS's API. */
export const OPERATIONS = {
  ...stateMachines,
  ...versions,
  ...aliases,
  ...executions,
  ...redrive,
  ...mapRuns,
  ...activities,
  ...taskAnswers,
  ...tags,
  ...validation,
  ...testState,
};
