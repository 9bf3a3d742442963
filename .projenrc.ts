import { awscdk, javascript } from 'projen';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-workflow-patterns',
  description: 'Step Functions patterns that hold in production, and an engine that runs the same app on a laptop',
  author: 'cdk-workflow-patterns contributors',
  authorAddress: 'https://github.com/cdk-workflow-patterns/cdk-workflow-patterns',
  repositoryUrl: 'https://github.com/cdk-workflow-patterns/cdk-workflow-patterns.git',
  keywords: ['aws', 'cdk', 'step-functions', 'asl', 'workflow', 'local', 'jsonata'],
  license: 'Apache-2.0',
  stability: 'experimental',
  defaultReleaseBranch: 'main',

  // --- versions that work together ---
  projenVersion: '~0.103.25',
  cdkVersion: '2.260.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '22.x',
  bumpPackage: 'commit-and-tag-version@^12', // 13 needs Node 22
  packageManager: javascript.NodePackageManager.NPM,
  devDeps: [
    // clients of the local endpoint, in its tests alone
    '@aws-sdk/client-dynamodb@^3',
    '@aws-sdk/client-eventbridge@^3',
    '@aws-sdk/client-s3@^3',
    '@aws-sdk/client-sesv2@^3',
    '@aws-sdk/client-sfn@^3',
    '@aws-sdk/client-sns@^3',
    '@aws-sdk/client-sqs@^3',
    '@types/node@^20',
    'asl-validator@^4',
    'cdk-nag@^3.0.2',
    'csv-parse@^6', // inlined by esbuild into assets/local
    'dynalite@^4', // likewise
    'esbuild@~0.28.0',
    'fast-check@^4',
    'jsii-docgen@^10.12.0',
    'jsii-pacmak@^1.140.0',
    'jsonata@^2.2.2', // inlined by esbuild into assets/local
    'string-width@^4', // likewise; 5 and later are ES modules, which jest does not load
    'vitest@~3.2.7', // a runner that the test kit is tried in
  ],

  // --- what a clone holds ---
  projenrcTs: true,
  projenrcTsOptions: { projenCodeDir: '.projen' },
  sampleCode: false,
  disableTsconfig: true, // jsii writes its own, which is ignored
  lambdaAutoDiscover: false, // generated Function classes would become public API
  integrationTestAutoDiscover: false,
  eslint: false,
  npmignoreEnabled: false, // `files` below names what is packed
  pullRequestTemplate: false,
  depsUpgrade: false,
  dependabot: false,
  githubOptions: { mergify: false, pullRequestLint: false },
  gitignore: [
    '/assets/',
    '/.m2/',
    '/tsconfig.json',
    '*.tsbuildinfo',
    '.warnings.jsii.js',
    'cdk.out/',
    '/bench/results/',
    '__pycache__/',
    'target/',
  ],

  // --- languages ---
  publishToPypi: { distName: 'cdk-workflow-patterns', module: 'cdk_workflow_patterns' },
  publishToMaven: {
    javaPackage: 'io.github.cdkworkflowpatterns',
    mavenGroupId: 'io.github.cdk-workflow-patterns',
    mavenArtifactId: 'cdk-workflow-patterns',
    mavenServerId: 'central-ossrh',
  },
  publishToGo: { moduleName: 'github.com/cdk-workflow-patterns/cdk-workflow-patterns-go', packageName: 'cdkworkflowpatterns' },
  publishToNuget: { dotNetNamespace: 'CdkWorkflowPatterns', packageId: 'CdkWorkflowPatterns' },

  // --- checks ---
  typecheckTests: true,
  tsconfigDev: {
    compilerOptions: {
      target: 'ES2022',
      lib: ['es2022'],
      types: ['node', 'jest'],
      paths: {
        'cdk-workflow-patterns': ['./src/index.ts'],
        'cdk-workflow-patterns/local': ['./local/testing/index.ts'],
      },
    },
    include: ['src/**/*.ts', 'test/**/*.ts', 'local/**/*.ts', 'runtime/**/*.ts', 'examples/typescript/**/*.ts', 'bench/**/*.ts'],
    exclude: ['**/cdk.out'],
  },
  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    junitReporting: false,
    coverageText: false,
    jestConfig: {
      collectCoverage: false,
      testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/examples/typescript/**/*.test.ts'],
      setupFiles: ['<rootDir>/test/setup.ts'],
      globalSetup: '<rootDir>/test/temporary-folder.ts',
      globalTeardown: '<rootDir>/test/temporary-folder-removed.ts',
      moduleNameMapper: {
        '^fast-check$': '<rootDir>/test/fast-check.js',
        '^cdk-workflow-patterns$': '<rootDir>/src/index.ts',
        '^cdk-workflow-patterns/local$': '<rootDir>/assets/local/index.js', // as a user has it
      },
      modulePathIgnorePatterns: ['<rootDir>/dist/', 'cdk\\.out'],
    },
  },
  biome: true,
  biomeOptions: {
    version: '2.5.15', // later ones lack platform packages in the registry
    biomeConfig: {
      vcs: { enabled: true, clientKind: javascript.biome_config.VcsClientKind.GIT, useIgnoreFile: true },
      formatter: { indentStyle: javascript.biome_config.IndentStyle.SPACE, indentWidth: 2, lineWidth: 130 },
      javascript: { formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE } },
      files: {
        includes: [
          'src/**',
          'test/**',
          'local/**',
          'runtime/**',
          'examples/typescript/**',
          'examples/*.mjs',
          'bench/**',
          '.ci/**',
          '.projenrc.ts',
        ],
      },
      linter: {
        rules: {
          style: { useTemplate: 'off', noNonNullAssertion: 'off', useImportType: 'error', useNodejsImportProtocol: 'error' },
          complexity: { useLiteralKeys: 'off' },
        },
      },
    },
  },
});

// --- imports point one way: src <- contracts -> runtime, local ---
interface Floor {
  readonly files: string[];
  readonly forbidden: string[];
  readonly message: string;
}
const floors: Floor[] = [
  {
    files: ['src/**'],
    forbidden: ['**/runtime/**', '**/local/**', '**/test/**'],
    message: 'src runs at synth: it imports neither runtime nor local',
  },
  {
    files: ['src/*/contract.ts'],
    forbidden: ['aws-cdk-lib', 'aws-cdk-lib/**', 'constructs', '**/runtime/**', '**/local/**'],
    message: 'a contract holds types and constants alone, so that a runtime program can import it',
  },
  {
    files: ['runtime/**'],
    forbidden: ['aws-cdk-lib', 'aws-cdk-lib/**', 'constructs', '**/local/**', '**/src/**', '!**/src/*/contract'],
    message: 'runtime runs in AWS: of src it imports contracts alone',
  },
  {
    files: ['local/**'],
    forbidden: ['aws-cdk-lib', 'aws-cdk-lib/**', 'constructs', '**/runtime/**', '**/src/**', '!**/src/*/contract'],
    message: 'local runs a synthesized app: of src it imports contracts alone',
  },
  {
    files: ['local/engine/**'],
    forbidden: [
      'node:*',
      '!node:crypto',
      '**/assembly/**',
      '**/services/**',
      '**/app/**',
      '**/cli/**',
      '**/testing/**',
      '**/console/**',
      '**/src/**',
      '**/runtime/**',
    ],
    message: 'the engine is pure: no I/O, nothing of its surroundings',
  },
  {
    files: ['local/assembly/**', 'local/services/**'],
    forbidden: ['**/app/**', '**/cli/**', '**/testing/**', '**/console/**', '**/src/**', '!**/src/*/contract', '**/runtime/**'],
    message: 'what is run knows nothing of who runs it',
  },
];
for (const floor of floors) {
  project.biome!.addOverride({
    includes: floor.files,
    linter: {
      rules: {
        style: {
          noRestrictedImports: {
            level: 'error',
            options: { patterns: [{ group: floor.forbidden, message: floor.message }] },
          } as never,
        },
      },
    },
  });
}
// projen lets biome mend while it tests; a check that mends cannot fail
project.biome!.task.reset();
project.biome!.task.exec('biome check --no-errors-on-unmatched --error-on-warnings', { receiveArgs: true });
project.addTask('format', {
  description: 'Format and mend what can be mended',
  exec: 'biome check --write --no-errors-on-unmatched',
});

// --- the two newer CDK helper packages are not on the Go proxy; newer resolvers and bundlers lack platform packages ---
project.package.addPackageResolutions(
  'rollup@4.52.5', // of vitest
  'unrs-resolver@1.12.2',
  '@aws-cdk/cloud-assembly-schema@54.1.0',
  '@aws-cdk/asset-node-proxy-agent-v6@2.1.2',
);
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
project.npmrc.addConfig('fund', 'false');
project.npmrc.addConfig('audit', 'false');

// jsii's own tsconfig.json lies at the top; those of local/ and of the examples are sources
project.gitignore.removePatterns('tsconfig.json', 'coverage'); // nor is every folder of the name coverage a report
// publib's own default; no registry is named in this repository
project.tryFindObjectFile('.github/workflows/release.yml')!.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY');

// --- bundles: built before jsii compiles, ignored by git, packed ---
const bundle = project.bundler.bundleTask;
bundle.exec('node .ci/bundle.mjs --types');
project.testTask.prependExec('node .ci/bundle.mjs');

// --- what the tarball holds, and how it is entered ---
project.package.addField('files', ['lib/**/*.js', 'lib/**/*.d.ts', 'assets', '.jsii', '.warnings.jsii.js', 'API.md']);
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './local': { types: './assets/local/types/testing/index.d.ts', default: './assets/local/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
});
project.package.addField('typesVersions', { '*': { local: ['./assets/local/types/testing/index.d.ts'] } });
project.package.addBin({ 'cdk-workflow-patterns': './assets/local/cli.js' });

// --- packages ---
project.tasks.tryFind('package:java')!.reset('jsii-pacmak -v --target java --maven-local-repository .m2');
const dotnet = project.tasks.tryFind('package:dotnet')!;
dotnet.reset();
dotnet.exec('jsii-pacmak -v --target dotnet', { condition: 'command -v dotnet' });
dotnet.exec('jsii-pacmak -v --code-only --target dotnet', { condition: '! command -v dotnet' });
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// --- commands that set themselves up: run by node alone, before anything is installed ---
project.package.setScript('demo', 'node examples/demo.mjs');
project.package.setScript('conformance', 'node .ci/conformance.mjs');
project.package.setScript('test:packages', 'node .ci/test-packages.mjs');
project.package.setScript('bench:synth', 'node bench/synth/run.mjs');
project.package.setScript('bench:engine', 'node bench/engine/run.mjs');
project.package.setScript('bench:endpoint', 'node bench/endpoint/run.mjs');

project.synth();
