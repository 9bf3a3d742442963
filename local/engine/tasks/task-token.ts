import type { Host } from '../host';

const BYTES = 423;

/** A token such as AWS hands out: long, and of characters that do not survive a URL unescaped. */
export function taskToken(host: Host): string {
  const bytes = Buffer.alloc(BYTES);
  for (let i = 0; i < BYTES; i++) bytes[i] = Math.floor(host.random() * 256);
  // what makes it unique, should the host's randomness be fixed
  Buffer.from(host.uuid().replaceAll('-', ''), 'hex').copy(bytes);
  return `AQCEAAAAKgAAAAMAAAAA${bytes.toString('base64')}`;
}
