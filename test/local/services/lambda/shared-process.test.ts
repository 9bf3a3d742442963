import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import type { Json } from '../../../../local/engine/host';
import { hostDirectory } from '../host-directory';
import { ACCOUNT, arn, REGION } from './fixture';

/** Runs a handler's code in a process of its own, in Tokyo. */
async function invokeInTokyo(runtime: string, inline: string): Promise<Json> {
  const config = { name: 'clock', arn: arn('clock'), runtime, handler: 'index.handler', code: { inline } };
  const options = { region: REGION, accountId: ACCOUNT, hostDirectory: hostDirectory(), functions: [config] };
  const { outputFiles } = buildSync({
    stdin: {
      resolveDir: __dirname,
      contents: `import { LambdaService } from '../../../../local/services/lambda/lambda-service';
        const service = new LambdaService(${JSON.stringify(options)});
        service.invoke({ functionName: 'clock', payload: {} })
          .then(({ payload }) => console.log(JSON.stringify([new Date(0).getHours(), payload])))
          .finally(() => service.close());`,
    },
    bundle: true,
    platform: 'node',
    target: 'node20',
    write: false,
  });
  const env = { ...process.env, TZ: 'Asia/Tokyo' };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', outputFiles[0]!.text], { env, timeout: 15_000 });
  const [hourOfProcess, payload] = JSON.parse(stdout) as [number, Json];
  expect(hourOfProcess).toBe(9);
  return payload;
}

test('a Python handler has its clock in UTC, as in Lambda', async () => {
  const code = 'import time\ndef handler(event, context):\n    return time.localtime(0).tm_hour\n';
  expect(await invokeInTokyo('python3.13', code)).toBe(0);
}, 20_000);

// Node.js reads TZ once per process: the day a thread can have its own, this fails, and the limit can go
test("a Node.js handler has this machine's time zone, while what it starts is in UTC", async () => {
  const code = `exports.handler = async () => [
    new Date(0).getHours(),
    JSON.parse(require('node:child_process').execFileSync(process.execPath, ['-p', 'new Date(0).getHours()'])),
  ]`;
  expect(await invokeInTokyo('nodejs22.x', code)).toEqual([9, 0]);
}, 20_000);
