import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ALLOWED = [
  /^lib\/.+\.js$/,
  /^lib\/.+\.d\.ts$/,
  /^assets\/.+/,
  /^\.jsii$/,
  /^\.warnings\.jsii\.js$/,
  /^(API|README)\.md$/,
  /^LICENSE$/,
  /^package\.json$/,
];
const FORBIDDEN = /(^|\/)(test|tests|__tests__)\/|\.test\.|tsbuildinfo|\.map$/;
const REQUIRED = [
  'lib/index.js',
  'lib/index.d.ts',
  'assets/local/cli.js',
  'assets/local/index.js',
  'assets/local/types/testing/index.d.ts',
  '.jsii',
  'API.md',
  'README.md',
  'LICENSE',
  'package.json',
];

/** `files` are the paths in the tarball. */
export function assertOnlyPublishedFiles(files, root) {
  const stray = files.filter((file) => FORBIDDEN.test(file) || !ALLOWED.some((pattern) => pattern.test(file)));
  assert.deepEqual(stray, [], `the tarball holds what nobody needs, see \`files\` in .projenrc.ts: ${stray.join(', ')}`);

  const orphans = files.filter((file) => /^lib\/.+\.js$/.test(file) && !existsSync(join(root, sourceOf(file))));
  assert.deepEqual(orphans, [], `the tarball holds compiled files without a source, delete them: ${orphans.join(', ')}`);

  const missing = REQUIRED.filter((file) => !files.includes(file));
  assert.deepEqual(missing, [], `the tarball lacks ${missing.join(', ')}`);
}

function sourceOf(compiled) {
  return compiled.replace(/^lib\//, 'src/').replace(/\.js$/, '.ts');
}

export function assertNoRuntimeDependencies(manifest) {
  for (const field of ['dependencies', 'bundledDependencies', 'bundleDependencies', 'optionalDependencies']) {
    assert.equal(manifest[field], undefined, `package.json has ${field}: inline them with esbuild instead`);
  }
}
