import { isLocalHost, isLocalOrigin } from '../../../../local/services/http/local-request';

test.each([
  'localhost',
  'localhost:8083',
  'LOCALHOST:8083',
  '127.0.0.1:8083',
  '[::1]:8083',
  'states.localhost:8083',
  'sync-localhost:8083',
  'sync-127.0.0.1:8083',
  'sync-states.localhost',
])('%s is this machine', (host) => {
  expect(isLocalHost(host)).toBe(true);
});

test.each([
  undefined,
  '',
  'example.com',
  'localhost.example.com',
  'evil-localhost',
  'mylocalhost:8083',
  '127.0.0.1.example.com',
  '127.0.0.10',
  '0.0.0.0',
  'localhost:8083:1',
  'user@localhost',
  'localhost/',
])('%p is not', (host) => {
  expect(isLocalHost(host)).toBe(false);
});

test.each([undefined, 'http://localhost:3000', 'https://127.0.0.1', 'http://[::1]:80'])(
  'a request of origin %p is served',
  (origin) => {
    expect(isLocalOrigin(origin)).toBe(true);
  },
);

test.each(['null', 'https://example.com', 'http://localhost.example.com', 'file://localhost', 'http://'])(
  'a request of origin %p is not',
  (origin) => {
    expect(isLocalOrigin(origin)).toBe(false);
  },
);
