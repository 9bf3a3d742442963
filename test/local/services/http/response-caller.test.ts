import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { ResponseCaller } from '../../../../local/services/http/response-caller';

function response(state: { destroyed?: boolean; writableFinished?: boolean } = {}) {
  const emitter = Object.assign(new EventEmitter(), { destroyed: false, writableFinished: false }, state);
  return { emitter, caller: new ResponseCaller(emitter as unknown as ServerResponse) };
}

test('a client whose connection closes before the answer was written is gone', () => {
  const { emitter, caller } = response();
  const { signal } = caller;
  expect(signal.aborted).toBe(false);
  emitter.emit('close');
  expect(signal.aborted).toBe(true);
});

test('a client that got its answer is not gone', () => {
  const { emitter, caller } = response();
  const { signal } = caller;
  emitter.writableFinished = true;
  emitter.emit('close');
  expect(signal.aborted).toBe(false);
});

test('a client that went before anybody asked is gone', () => {
  expect(response({ destroyed: true }).caller.signal.aborted).toBe(true);
});
