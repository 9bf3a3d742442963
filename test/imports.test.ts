import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '..');
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** What the linter says of one import in a file of this path, by this repository's rules. */
function lint(path: string, specifier: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  copyFileSync(join(root, 'biome.jsonc'), join(folder, 'biome.jsonc'));
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), `import { thing } from '${specifier}';\nexport const it = thing;\n`);
  // the folder is no checkout
  const args = [biome, 'lint', '--vcs-enabled=false', path];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(stdout).toContain('Checked 1 file');
  return stdout + stderr;
}

describe('the linter refuses an import', () => {
  test.each([
    ['of local from src', 'src/choice/thing.ts', '../../local/engine', 'src runs at synth'],
    ['of runtime from src', 'src/choice/thing.ts', '../../runtime/approval/index', 'src runs at synth'],
    ['of the CDK from a contract', 'src/choice/contract.ts', 'aws-cdk-lib', 'a contract holds types and constants alone'],
    ['of src from runtime', 'runtime/approval/thing.ts', '../../src/choice/route', 'of src it imports contracts alone'],
    ['of local from runtime', 'runtime/approval/thing.ts', '../../local/engine', 'of src it imports contracts alone'],
    ['of src from local', 'local/app/thing.ts', '../../src/choice/route', 'of src it imports contracts alone'],
    ['of the CDK from local', 'local/testing/thing.ts', 'aws-cdk-lib', 'of src it imports contracts alone'],
    ['of a service from the engine', 'local/engine/thing.ts', '../services/task-service', 'the engine is pure'],
    ['of the file system from the engine', 'local/engine/states/thing.ts', 'node:fs', 'the engine is pure'],
    ['of the command line from a service', 'local/services/thing.ts', '../cli/cli', 'what is run knows nothing of who runs it'],
    ['of the app from the assembly', 'local/assembly/thing.ts', '../app/local-app', 'what is run knows nothing of who runs it'],
  ])('%s', (_what, path, specifier, message) => {
    const said = lint(path, specifier);
    expect(said).toContain('noRestrictedImports');
    expect(said).toContain(message);
  });
});

describe('the linter accepts an import', () => {
  test.each([
    ['of a contract from runtime', 'runtime/approval/thing.ts', '../../src/approval/contract'],
    ['of a contract from a service', 'local/services/thing.ts', '../../src/approval/contract'],
    ['of the engine from the app', 'local/app/thing.ts', '../engine'],
    ['of hashes from the engine', 'local/engine/jsonata/thing.ts', 'node:crypto'],
  ])('%s', (_what, path, specifier) => {
    expect(lint(path, specifier)).not.toContain('noRestrictedImports');
  });
});
