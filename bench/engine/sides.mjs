// The two engines, behind one function each: (machine) => ({ run, check }), where `check` throws unless a run ended as it must.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies, run } from '../prepare.mjs';

/** This repository's engine, as its bundle has it. */
export async function ownEngine(folder) {
  installDependencies();
  const { build } = await import('esbuild');
  const outfile = join(folder, 'engine.cjs');
  const entryPoint = fileURLToPath(new URL('../../local/engine/index.ts', import.meta.url));
  await build({ entryPoints: [entryPoint], outfile, bundle: true, platform: 'node', target: 'node20', minifySyntax: true });
  const { compile, Execution } = createRequire(outfile)(outfile);

  let executions = 0;
  const host = {
    clock: { now: Date.now, schedule: () => assert.fail('nothing here waits') },
    random: () => assert.fail('nothing here is random'),
    uuid: () => assert.fail('nothing here needs an id'),
    runTask: () => assert.fail('nothing here is a task'),
  };
  const stateMachineArn = 'arn:aws:states:eu-central-1:123456789012:stateMachine:Bench';
  return ({ definition, input, output, events }) => {
    const machine = compile(JSON.stringify(definition));
    return {
      run: async () => {
        const name = `execution-${executions++}`;
        const arn = `arn:aws:states:eu-central-1:123456789012:execution:Bench:${name}`;
        const execution = new Execution(machine, { host, input, arn, name, stateMachineArn });
        await execution.start();
        return execution;
      },
      check: ({ result, history }) => {
        assert.equal(result.status, 'SUCCEEDED');
        // as a caller reads it: the engine's own objects have no prototype
        assert.deepEqual(JSON.parse(JSON.stringify(result.output)), output);
        assert.equal(history.length, events);
      },
    };
  };
}

/** aws-local-stepfunctions, installed for this run alone and used as its README shows it. */
export async function peerEngine(folder) {
  // its engines field asks for Node 22, but it runs on 20
  run('npm', ['install', '--prefix', folder, '--engine-strict=false', 'aws-local-stepfunctions@3'], folder);
  const require = createRequire(join(folder, 'package.json'));
  const { StateMachine } = require('aws-local-stepfunctions');
  const manifest = join(folder, 'node_modules', 'aws-local-stepfunctions', 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const prepare = ({ definition, input, output }) => {
    const machine = new StateMachine(definition);
    return { run: () => machine.run(input).result, check: (result) => assert.deepEqual(result, output) };
  };
  return { version, prepare };
}
