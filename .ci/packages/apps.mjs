import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { manifest, mavenRepository, root } from './artifacts.mjs';
import { exists, run } from './run.mjs';

/** What is published for all four languages alike; unpinned, CDK itself renders differently from version to version. */
const pins = {
  'aws-cdk-lib': manifest.devDependencies['aws-cdk-lib'],
  constructs: '10.6.0',
  jsii: installedVersion('jsii-pacmak'),
  'cloud-assembly-schema': manifest.overrides['@aws-cdk/cloud-assembly-schema'],
  'asset-node-proxy-agent-v6': manifest.overrides['@aws-cdk/asset-node-proxy-agent-v6'],
};
const venv = join(root, '.cache', 'test-packages', 'venv');
const built = new Set(['node_modules', 'cdk.out', 'target', '__pycache__']);

/**
 * Per language: a command that proves its tool is there, how to install the artifact into a copy of the example,
 * the environment of cdk.json's command, where the package's own command lies, and a change of one prop.
 */
export const apps = {
  typescript: {
    tool: ['node', '--version'],
    install: (folder, { tarball }) =>
      npmInstall(folder, tarball, { 'aws-cdk-lib': pins['aws-cdk-lib'], constructs: pins.constructs }),
    command: (folder) => join(folder, 'node_modules', '.bin', manifest.name),
  },
  python: {
    tool: ['python3', '--version'],
    install: pipInstall,
    env: () => ({ VIRTUAL_ENV: venv, PATH: join(venv, 'bin') + delimiter + process.env.PATH }),
    command: () => join(venv, 'bin', manifest.name),
    change: ['purchase_refund_stack.py', 'Duration.seconds(1)', 'Duration.seconds(2)'],
  },
  java: {
    tool: ['mvn', '--version'],
    install: () => {}, // pacmak has put the jar into the repository that Maven reads
    env: ({ temp }) => ({ MAVEN_OPTS: `-Dmaven.repo.local=${mavenRepository} -Djava.io.tmpdir=${temp}` }),
    change: ['src/main/java/com/example/purchaserefund/PurchaseRefundStack.java', 'Duration.seconds(1)', 'Duration.seconds(2)'],
  },
  go: {
    tool: ['go', 'version'],
    install: goInstall,
    change: ['purchase_refund.go', 'Duration_Seconds(jsii.Number(1))', 'Duration_Seconds(jsii.Number(2))'],
  },
};

/** Changes one prop of a copied app. */
export function changeProp(language, folder) {
  const [file, from, to] = apps[language].change;
  const source = readFileSync(join(folder, file), 'utf8');
  assert.ok(source.includes(from), `${file} of the ${language} example has no ${from} to change`);
  writeFileSync(join(folder, file), source.replace(from, to));
}

export const hasTool = (language) => exists(apps[language].tool[0], apps[language].tool.slice(1));

/** Copies the example of a language, with the function code beside it, to where nothing of the repository is found. */
export function copyApp(language, to) {
  const folder = join(to, language, 'purchase-refund');
  const filter = (source) => !built.has(source.split('/').at(-1));
  cpSync(join(root, 'examples', 'handlers'), join(to, 'handlers'), { recursive: true, filter });
  cpSync(join(root, 'examples', language, 'purchase-refund'), folder, { recursive: true, filter });
  return folder;
}

/** Runs the app as the CDK CLI would, and gives the folder of its cloud assembly. */
export async function synthesize(language, folder, work, outdir = join(folder, 'cdk.out')) {
  const { app } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
  await run(app, [], {
    cwd: folder,
    shell: true,
    env: {
      CDK_OUTDIR: outdir,
      // the analytics string names the language
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:version-reporting': false }),
      ...apps[language].env?.(work),
    },
  });
  return outdir;
}

/** Installs what a user gets who asks for no version, the newest that the peer range allows, and gives its version. */
export async function installNewest(folder, { tarball }) {
  await npmInstall(folder, tarball, manifest.peerDependencies, {});
  return installedVersion('aws-cdk-lib', folder);
}

async function npmInstall(folder, tarball, peers, overrides = manifest.overrides) {
  const { '@types/node': types, 'ts-node': tsNode, typescript } = manifest.devDependencies;
  const app = {
    private: true,
    dependencies: { ...peers, [manifest.name]: `file:${tarball}` },
    devDependencies: { '@types/node': types, 'ts-node': tsNode, typescript },
    overrides,
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(app, null, 2));
  await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder });
}

async function pipInstall(folder, { dist }) {
  const wheel = join(
    dist,
    'python',
    readdirSync(join(dist, 'python')).find((file) => file.endsWith('.whl')),
  );
  const pinned = [
    `aws-cdk-lib==${pins['aws-cdk-lib']}`,
    `constructs==${pins.constructs}`,
    `jsii==${pins.jsii}`,
    `aws-cdk.cloud-assembly-schema==${pins['cloud-assembly-schema']}`,
    `aws-cdk.asset-node-proxy-agent-v6==${pins['asset-node-proxy-agent-v6']}`,
  ].join('\n');
  const pip = (...args) => run(join(venv, 'bin', 'python'), ['-m', 'pip', '-q', ...args]);
  const requirements = join(folder, 'requirements.txt');
  const key = `${pinned}\n${readFileSync(requirements, 'utf8')}`;
  const complete = join(venv, 'complete.txt');

  // the third parties' packages are kept from run to run as long as the pins are the same
  if (!existsSync(complete) || readFileSync(complete, 'utf8') !== key) {
    rmSync(venv, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', venv]);
    const constraints = join(folder, 'constraints.txt');
    writeFileSync(constraints, `${pinned}\n${manifest.name} @ file://${wheel}\n`);
    await pip('install', '-c', constraints, '-r', requirements);
    writeFileSync(complete, key);
  }
  await pip('install', '--no-deps', '--no-index', '--force-reinstall', wheel);
  await pip('check');
}

async function goInstall(folder, { dist }) {
  const { moduleName, packageName } = manifest.jsii.targets.go;
  await run('go', ['mod', 'edit', `-replace=${moduleName}/${packageName}=${join(dist, 'go', packageName)}`], { cwd: folder });
  await run('go', ['mod', 'tidy'], { cwd: folder });
}

function installedVersion(name, folder = root) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}
