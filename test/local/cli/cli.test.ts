import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { cli } from '../../../local/cli/cli';
import type { Io } from '../../../local/cli/command';

/** Runs a command line and keeps what it wrote. */
async function run(args: string[], options: { stdin?: string; interrupt?: boolean } = {}) {
  const written = { out: '', err: '' };
  const io: Io = {
    stdin: (async function* () {
      yield Buffer.from(options.stdin ?? '');
    })(),
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    terminal: { columns: 80, colour: false },
    onInterrupt: (stop) => {
      if (options.interrupt) setImmediate(stop);
      return () => {};
    },
  };
  return { code: await cli(args, io, '1.2.3'), ...written };
}

const folder = mkdtempSync(join(tmpdir(), 'cli-test-'));
const out = join(folder, 'cdk.out');
const inShop = (command: string, ...args: string[]) => run([command, ...args, '--app', out]);

beforeAll(() => {
  const app = new App({ outdir: out });
  const stack = new Stack(app, 'Shop');
  const machine = (id: string, start: sfn.IChainable, props: Partial<sfn.StateMachineProps> = {}) =>
    new sfn.StateMachine(stack, id, { definitionBody: sfn.DefinitionBody.fromChainable(start), ...props });
  machine('Echo', sfn.Pass.jsonata(stack, 'Say', { outputs: { said: '{% $states.input %}' } }));
  machine('Broken', new sfn.Fail(stack, 'Give up', { error: 'Broken', cause: 'for good' }));
  const slow = () => new sfn.Wait(stack, `Wait ${stack.node.children.length}`, { time: sfn.WaitTime.duration(Duration.days(2)) });
  machine('Slow', slow());
  machine('Late', slow(), { timeout: Duration.hours(1) });
  const task = (id: string, resource: string) =>
    new sfn.CustomState(stack, id, { stateJson: { Type: 'Task', Resource: resource, End: true } });
  machine('Callback', task('Ask', 'arn:aws:states:::lambda:invoke.waitForTaskToken'));
  machine('Unsupported', task('Queue', 'arn:aws:states:::aws-sdk:ssm:getParameter'));
  app.synth();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('run', () => {
  test('shows path, input, output and time of an execution, and ends with 0', async () => {
    const { code, out: text, err } = await inShop('run', 'Echo', '--input', '{"a":1}');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(text.replace(/ {2,}/g, '  ').replace(/\d+ ms/g, 'N ms')).toBe(
      [
        'Echo  SUCCEEDED in N ms',
        '',
        '  Say  Pass  N ms',
        '  input  {"a":1}',
        '  output  {"said":{"a":1}}',
        '',
        '  path  Say',
        '  output',
        '  {',
        '  "said": {',
        '  "a": 1',
        '  }',
        '  }',
        '',
      ].join('\n'),
    );
  });

  test('prints the whole execution as JSON for programs', async () => {
    const { code, out: text } = await inShop('run', 'Echo', '--input', '{"a":1}', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({
      machine: 'Echo',
      status: 'SUCCEEDED',
      input: { a: 1 },
      output: { said: { a: 1 } },
      path: ['Say'],
      visits: [{ name: 'Say', type: 'Pass', input: { a: 1 }, output: { said: { a: 1 } }, failures: [] }],
    });
  });

  test('ends with 1 for a failed execution, and shows error and cause', async () => {
    const { code, out: text } = await inShop('run', 'Broken');
    expect(code).toBe(1);
    expect(text).toContain('FAILED');
    expect(text).toMatch(/error\s+Broken\n\s+cause\s+for good\n/);
  });

  test('skips two days of waiting when asked to', async () => {
    const { code, out: text } = await inShop('run', 'Slow', '--skip-time');
    expect(code).toBe(0);
    expect(text).toContain('SUCCEEDED in 2 d');
  });

  test('ends with 3 for an execution that timed out', async () => {
    const { code, out: text } = await inShop('run', 'Late', '--skip-time');
    expect(code).toBe(3);
    expect(text).toContain('TIMED_OUT in 1 h');
  });

  test('stops the execution at Ctrl-C and ends with 4', async () => {
    const { code, out: text } = await run(['run', 'Slow', '--app', out], { interrupt: true });
    expect(code).toBe(4);
    expect(text).toContain('ABORTED');
  });

  test('reads the input from a file or from standard input', async () => {
    const file = join(folder, 'input.json');
    writeFileSync(file, '{"from":"file"}');
    expect(JSON.parse((await inShop('run', 'Echo', '--json', '--input', `@${file}`)).out).input).toEqual({ from: 'file' });
    const piped = await run(['run', 'Echo', '--json', '--input', '-', '--app', out], { stdin: '{"from":"구매"}' });
    expect(JSON.parse(piped.out).input).toEqual({ from: '구매' });
  });

  test.each([
    ['text that is not JSON', ['Echo', '--input', '{bad'], "--input: '{bad' is not JSON"],
    ['a file that is not there', ['Echo', '--input', '@nowhere.json'], '--input: cannot read nowhere.json'],
    ['no machine', [], 'which machine?'],
    ['two machines', ['Echo', 'Slow'], "'Slow' is one argument too many"],
    ['an unknown option', ['Echo', '--fast'], "Unknown option '--fast'"],
    ['a machine that is not there', ['Ecco'], "there is no state machine 'Ecco'; the app has\n  - Broken"],
  ])('refuses %s with one clear message and 2', async (_what, args, message) => {
    const { code, out: text, err } = await inShop('run', ...args);
    expect({ code, text }).toEqual({ code: 2, text: '' });
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('refuses a machine whose task nothing here can answer, naming state and resource', async () => {
    const { code, err } = await inShop('run', 'Unsupported');
    expect(code).toBe(2);
    expect(err).toContain('Unsupported calls what is not on this machine');
    expect(err).toContain("  - Queue: 'arn:aws:states:::aws-sdk:ssm:getParameter'");
  });

  test('refuses a machine that would wait for an answer from outside for ever', async () => {
    const { code, err } = await inShop('run', 'Callback');
    expect(code).toBe(2);
    expect(err).toBe('Callback waits for an answer from outside, which a single run cannot get\n  - Ask\n');
  });

  test('says to run cdk synth where there is no app', async () => {
    const { code, err } = await run(['run', 'Echo', '--app', join(folder, 'nowhere')]);
    expect(code).toBe(2);
    expect(err).toMatch(/nowhere.*manifest\.json.*cdk synth/);
  });
});

describe('list', () => {
  test('shows the machines', async () => {
    const { code, out: text } = await inShop('list');
    expect(code).toBe(0);
    expect(text).toContain('Echo         STANDARD  Shop/Echo\n');
  });

  test('prints them as JSON', async () => {
    const machines = JSON.parse((await inShop('list', '--json')).out) as { id: string }[];
    expect(machines.map(({ id }) => id).sort()).toEqual(['Broken', 'Callback', 'Echo', 'Late', 'Slow', 'Unsupported']);
  });
});

describe('conformance', () => {
  test('answers each line of its input with one line, by its id, whatever it holds', async () => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Result: 1, End: true } } };
    const requests = [
      { id: 'good', kind: 'execute', type: 'STANDARD', definition, input: {}, tasks: {} },
      { id: 'bad', kind: 'validate', type: 'STANDARD', definition: '{}' },
      { id: 'worse', kind: 'execute', type: 'STANDARD', definition: {}, input: {}, tasks: {} },
    ];
    const stdin = ['no JSON', ...requests.map((request) => JSON.stringify(request))].join('\n');
    const { code, out: text } = await run(['conformance'], { stdin });
    expect(code).toBe(0);
    const answers = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toEqual([
      { refused: true, message: expect.stringContaining('JSON') },
      expect.objectContaining({ id: 'good', status: 'SUCCEEDED', output: 1, path: ['A'] }),
      expect.objectContaining({ id: 'bad', valid: false, message: expect.stringContaining('StartAt') }),
      expect.objectContaining({ id: 'worse', refused: true, message: expect.stringContaining('StartAt') }),
    ]);
  });
});

describe('the command line', () => {
  test.each([[['--help']], [['-h']], [['help']]])('%j shows the commands', async (args) => {
    const { code, out: text } = await run(args);
    expect(code).toBe(0);
    expect(text).toMatch(/ {2}run .*\n {2}local .*\n {2}list /);
  });

  test.each(['run', 'local', 'list', 'conformance'])('%s --help shows its own options within 80 columns', async (command) => {
    const { code, out: text } = await run([command, '--help']);
    expect(code).toBe(0);
    expect(text).toContain(`Usage: cdk-workflow-patterns ${command}`);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('shows its version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });

  test('without a command shows the help and ends with 2', async () => {
    const { code, out: text } = await run([]);
    expect(code).toBe(2);
    expect(text).toContain('Commands:');
  });

  test('names the commands there are for one that is not', async () => {
    expect(await run(['start'])).toEqual({
      code: 2,
      out: '',
      err: "there is no command 'start'; there are: run, local, list, conformance\n",
    });
  });
});
