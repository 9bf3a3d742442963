import { LocalClock } from '../../../../local/app/local-clock';
import { JsonServer, type JsonServerOptions } from '../../../../local/services/http/json-server';
import { type Options, statesService } from '../states/fixture';
import { RawClient } from './raw-client';

/** A server on a free port that each test has for itself, in real time. */
export async function serving(options: Partial<JsonServerOptions> & Options = {}) {
  const faults: unknown[] = [];
  const { service } = statesService({ clock: LocalClock.real() as never, ...options });
  const server = new JsonServer({ services: [service], onFault: (fault) => void faults.push(fault), ...options });
  const { port, url } = await server.listen(0);
  const client = new RawClient(port);
  const close = async () => {
    client.close();
    service.close();
    await server.close();
  };
  return { service, server, client, port, url, faults, close };
}

export type Serving = Awaited<ReturnType<typeof serving>>;
