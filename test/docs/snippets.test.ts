import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';

const root = resolve(__dirname, '..', '..');
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((page) => join('docs', page))];

interface Snippet {
  readonly name: string;
  readonly code: string;
}

/** The TypeScript blocks of a page, named after the line they begin in. */
function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => ({
    name: `${page}:${text.slice(0, match.index).split('\n').length}`,
    code: match[1]!,
  }));
}

const snippets = pages.filter((page) => page.endsWith('.md')).flatMap(snippetsOf);

/** Compiles all snippets as files of one program: loading the CDK's types takes the time. */
function complaints(files: readonly Snippet[]): Map<string, string[]> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.dev.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const fileOf = (snippet: Snippet) => join(root, `snippet-${snippet.name.replace(/\W/g, '-')}.ts`);
  const texts = new Map(files.map((snippet) => [fileOf(snippet), snippet.code]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) =>
    texts.has(name)
      ? ts.createSourceFile(name, texts.get(name)!, ...(rest.slice(0, 1) as [ts.ScriptTarget]))
      : getSourceFile(name, ...rest);
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  // a snippet shows what is used, not that all of it is
  const program = ts.createProgram([...texts.keys()], { ...options, noEmit: true, noUnusedLocals: false }, host);
  return new Map(
    files.map((snippet) => {
      const source = program.getSourceFile(fileOf(snippet))!;
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [snippet.name, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))];
    }),
  );
}

describe('snippets', () => {
  const broken = {
    name: 'a broken snippet',
    code: "import { ChoiceRouter } from 'cdk-workflow-patterns';\nnew ChoiceRouter('here');\n",
  };
  const found = complaints([...snippets, broken]);

  test('are found in the README', () => {
    expect(snippets.filter(({ name }) => name.startsWith('README.md')).length).toBeGreaterThanOrEqual(3);
  });

  test.each(snippets.map(({ name }) => name))('%s compiles', (name) => {
    expect(found.get(name)).toEqual([]);
  });

  test('that are broken do not compile', () => {
    expect(found.get(broken.name)).toEqual(['Expected 3 arguments, but got 1.']);
  });
});
