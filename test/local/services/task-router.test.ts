import type { TaskRequest } from '../../../local/engine/host';
import { TaskRouter } from '../../../local/services/task-router';
import type { TaskService } from '../../../local/services/task-service';

function answering(resource: string, output: string): TaskService {
  return { supports: (asked) => asked === resource, run: async () => ({ output }) };
}

const router = new TaskRouter([answering('a', 'first'), answering('b', 'second'), answering('a', 'never')]);

function request(resource: string): TaskRequest {
  return { resource, parameters: {}, stateName: 'S', executionArn: 'e', retryCount: 0, signal: new AbortController().signal };
}

test('a task goes to the first service that supports its resource', async () => {
  expect(await router.run(request('a'))).toEqual({ output: 'first' });
  expect(await router.run(request('b'))).toEqual({ output: 'second' });
});

test('a supported resource lacks nothing', () => {
  expect(router.supports('a')).toBe(true);
  expect(router.unsupported('a')).toBeUndefined();
});

test('an unsupported resource is named, with the way out, and fails as States.TaskFailed', async () => {
  const text = "resource 'c': no service on this machine answers it";
  expect(router.supports('c')).toBe(false);
  expect(router.unsupported('c')).toBe(text);
  expect(await router.run(request('c'))).toEqual({ error: 'States.TaskFailed', cause: text });
});
