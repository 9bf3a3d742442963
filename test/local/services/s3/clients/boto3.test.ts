import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { servingS3 } from '../serving';

const run = promisify(execFile);

const isThere = spawnSync('python3', ['-c', 'import boto3'], { stdio: 'ignore' }).status === 0;

if (isThere) {
  test('boto3 drives S3 by an endpoint alone', async () => {
    const { url, faults, close } = await servingS3();
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: url,
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
    };
    const { stdout } = await run('python3', [join(__dirname, 'scenario.py')], { env });
    await close();
    expect(JSON.parse(stdout)).toEqual({
      body: 'one',
      metadata: { by: 'anna' },
      type: 'text/plain',
      listed: [
        ['a b/é', 3],
        ['stream', 100_000],
      ],
      refusal: 'An error occurred (NoSuchKey) when calling the GetObject operation: The specified key does not exist.',
      head: '404',
    });
    expect(faults).toEqual([]);
  }, 60_000);
} else {
  test('boto3 is left out: it is not installed', () => expect(isThere).toBe(false));
}
