import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..', '..', '..');
const SOURCES = join(ROOT, 'local', 'services', 'lambda');

/** A folder with the hosts as the package ships them, bundled from the sources as they are now. */
export function hostDirectory(): string {
  const folder = join(ROOT, 'node_modules', '.cache', 'cdk-workflow-patterns', 'hosts');
  mkdirSync(folder, { recursive: true });
  const { outputFiles } = buildSync({
    entryPoints: [join(SOURCES, 'node-host.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
  });
  // jest runs test files side by side: a half-written host must never be seen
  const draft = mkdtempSync(join(folder, 'draft-'));
  writeFileSync(join(draft, 'node-host.js'), outputFiles[0]!.contents);
  copyFileSync(join(SOURCES, 'python-host.py'), join(draft, 'python-host.py'));
  for (const file of ['node-host.js', 'python-host.py']) {
    renameSync(join(draft, file), join(folder, file));
  }
  rmdirSync(draft);
  return folder;
}
