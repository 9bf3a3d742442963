// The packages, proven by use: fresh apps in four languages, outside of the repository, install what would be published.
//   node .ci/test-packages.mjs [--require=python,java,go]
// A language whose tool is absent is skipped by name; a required one then fails.
import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { apps, changeProp, copyApp, hasTool, installNewest, synthesize } from './packages/apps.mjs';
import * as artifacts from './packages/artifacts.mjs';
import { differences } from './packages/assemblies.mjs';
import { assertHelp, assertRunsAlike, assertTestKit } from './packages/local.mjs';
import { Report } from './packages/report.mjs';
import { sizes } from './packages/sizes.mjs';
import { assertNoRuntimeDependencies, assertOnlyPublishedFiles } from './packages/tarball.mjs';
import { once, twoAtATime } from './packages/tasks.mjs';

const languages = ['java', 'go', 'python']; // the slowest first
const { values } = parseArgs({ options: { require: { type: 'string', default: '' } } });
const required = values.require.split(',').filter(Boolean);
const unknown = required.filter((language) => !languages.includes(language));
assert.deepEqual(unknown, [], `--require names ${unknown}, choose from ${languages}`);

const report = new Report();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdk-workflow-patterns-')));
const work = { folder, dist: join(folder, 'dist'), temp: join(folder, 'temp') };
mkdirSync(work.temp);
process.env.TMPDIR = work.temp; // what the tools leave behind goes with the folder

/** Folders of the copied apps and of their cloud assemblies, by language, as they come to exist. */
const copies = {};
const assemblies = {};

try {
  await report.step('bundle', artifacts.bundle);
  if (!artifacts.isCompiled()) await report.step('jsii', artifacts.compile);
  const tarball = await report.step('npm pack', () => artifacts.pack(folder));
  work.tarball = tarball.path;

  const here = await languagesHere();
  const typescript = once(testTypeScript);
  const paths = tarball.files.map((file) => file.path);
  await report.test('the tarball holds what is published and nothing else', () =>
    assertOnlyPublishedFiles(paths, artifacts.root),
  );
  await report.test('the package has no runtime dependency', () => assertNoRuntimeDependencies(artifacts.manifest));
  await twoAtATime([
    typescript,
    ...here.map((language) => () => testLanguage(language, typescript)),
    testNewestCdk,
    testApiDocs,
    testDotnet,
  ]);
  await testComparison();
  await twoAtATime([() => testChangeIsFound(here), testLocal]);

  console.log('\nartifact sizes');
  for (const { artifact, bytes } of sizes(tarball, work.dist, here)) {
    console.log(`${(bytes / 1024).toFixed(0).padStart(8)} KB  ${artifact}`);
  }
} catch (error) {
  report.abort(error);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = report.end();

async function languagesHere() {
  const here = [];
  for (const language of languages) {
    const [command] = apps[language].tool;
    if (await hasTool(language)) here.push(language);
    else if (!required.includes(language)) report.skip(language, `${command} is not on this machine`);
    else await report.test(language, () => assert.fail(`${command} is not on this machine, and --require names ${language}`));
  }
  return here;
}

async function freshApp(language) {
  copies[language] = copyApp(language, join(folder, language));
  await report.step(`${language}: install`, () => apps[language].install(copies[language], work));
  assemblies[language] = await report.step(`${language}: synthesize`, () => synthesize(language, copies[language], work));
}

function testTypeScript() {
  return report.test('typescript: a fresh app installs the tarball and synthesizes', () => freshApp('typescript'));
}

function testLanguage(language, typescript) {
  return report.test(`${language}: a fresh app synthesizes the same template and assets as TypeScript`, async () => {
    await report.step(`${language}: jsii-pacmak`, () => artifacts.pacmak(language, work.dist));
    await freshApp(language);
    await typescript();
    assert.ok(assemblies.typescript, 'the TypeScript app did not synthesize, there is nothing to compare with');
    assertSame(assemblies.typescript, assemblies[language]);
  });
}

function assertSame(expected, actual) {
  const found = differences(expected, actual);
  assert.deepEqual(found, [], found.join('\n'));
}

function testNewestCdk() {
  return report.test('typescript: a fresh app with the newest CDK synthesizes', async () => {
    const copy = copyApp('typescript', join(folder, 'newest'));
    const version = await installNewest(copy, work);
    await report.step(`typescript: synthesize with aws-cdk-lib ${version}`, () => synthesize('typescript', copy, work));
  });
}

function testApiDocs() {
  return report.test('API.md is up to date', async () => {
    const generated = join(folder, 'API.md');
    await artifacts.docgen(generated);
    const [expected, actual] = [generated, join(artifacts.root, 'API.md')].map((file) => readFileSync(file, 'utf8'));
    assert.ok(actual === expected, 'API.md is not what the sources say: `npm run docgen`');
  });
}

function testDotnet() {
  return report.test('dotnet: the package is generated (only a release machine compiles it)', () =>
    artifacts.pacmak('dotnet', work.dist, '--code-only'),
  );
}

async function testComparison() {
  const name = 'the comparison finds a changed asset, a missing one and another order';
  if (!assemblies.typescript) return report.skip(name, 'the TypeScript app did not synthesize');
  await report.test(name, () => {
    const altered = join(folder, 'altered');
    const [asset, missing] = readdirSync(assemblies.typescript).filter((entry) => entry.startsWith('asset.'));
    const [code] = readdirSync(join(assemblies.typescript, asset));
    const [lost] = readdirSync(join(assemblies.typescript, missing));
    cpSync(assemblies.typescript, altered, { recursive: true });
    appendFileSync(join(altered, asset, code), '\n');
    rmSync(join(altered, missing), { recursive: true });
    const template = join(altered, 'PurchaseRefund.template.json');
    writeFileSync(template, JSON.stringify(JSON.parse(readFileSync(template, 'utf8')), null, 2));

    assert.deepEqual(differences(assemblies.typescript, assemblies.typescript), []);
    assert.deepEqual(
      differences(assemblies.typescript, altered).sort(),
      [
        'PurchaseRefund.template.json: the same values in another order or layout',
        `${asset}/${code}: the bytes differ`,
        `${missing}/${lost}: missing`,
      ].sort(),
    );
  });
}

/** A comparison that cannot fail proves nothing: the same app with one other prop must fail it, and be told where. */
async function testChangeIsFound(here) {
  const language = here.findLast((name) => assemblies[name]);
  const name = `the comparison finds a changed prop${language ? ` in ${language}` : ''}`;
  if (!language) return report.skip(name, 'no other language synthesized');
  await report.test(name, async () => {
    changeProp(language, copies[language]);
    const changed = await synthesize(language, copies[language], work, join(copies[language], 'cdk.changed'));
    assert.throws(() => assertSame(assemblies.typescript, changed), {
      message: /^PurchaseRefund\.template\.json: Resources\.Orders.*IntervalSeconds\\*":1.* became .*IntervalSeconds\\*":2/m,
    });
  });
}

async function testLocal() {
  const { typescript, python } = assemblies;
  if (!typescript) return report.skip('the installed command', 'the TypeScript app did not synthesize');
  const command = apps.typescript.command(copies.typescript);
  await report.test('typescript: the installed command shows its help', () => assertHelp(command));
  await report.test('typescript: the test kit is typed and loads', () => assertTestKit(copies.typescript));
  if (!python) return report.skip('python: on this machine', 'the Python app did not synthesize');
  await report.test('python: the installed command shows its help', () => assertHelp(apps.python.command()));
  await report.test('python: the app runs on this machine with the same result as the TypeScript one', () =>
    assertRunsAlike(command, typescript, python),
  );
}
