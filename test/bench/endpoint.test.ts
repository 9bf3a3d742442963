import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const program = join(__dirname, '..', '..', 'bench', 'endpoint', 'run.mjs');

test('the endpoint benchmark measures every row of ours, without its peers', () => {
  const out = execFileSync(process.execPath, [program, '--alone', '--quick'], { encoding: 'utf8' });

  const rows = [...out.matchAll(/^(\S.*?) {2,}([\d.]+)$/gm)].map(([, title, value]) => [title, Number(value)]);
  expect(rows.map(([title]) => title)).toEqual([
    'ms to the first answer',
    'ms, of the process itself',
    'MB then',
    'exec/s, 1 at a time, lean',
    'exec/s, 16 at once, lean',
    'MB, 100 waiting',
    's for 100 executions',
    'MB after 100',
    's for 200 executions',
    'MB after 200',
  ]);
  for (const [, value] of rows) expect(value).toBeGreaterThan(0);
}, 60_000);

test('a flag that the benchmark does not have is refused', () => {
  expect(() => execFileSync(process.execPath, [program, '--slow'], { stdio: 'pipe' })).toThrow(/--slow/);
});
