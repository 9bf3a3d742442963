const LOCAL_NAME = /^(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9-]+\.)*localhost)$/;

/** What SDKs put before the host for StartSyncExecution and TestState. */
const HOST_PREFIX = /^sync-/;

/** Whether a Host header means this machine: a web page that had its own name resolved to 127.0.0.1 sends that name. */
export function isLocalHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  return LOCAL_NAME.test(
    host
      .toLowerCase()
      .replace(/:\d{1,5}$/, '')
      .replace(HOST_PREFIX, ''),
  );
}

/** Whether an Origin header, which browsers send, is of a page of this machine. */
export function isLocalOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  const host = /^https?:\/\/([^/]+)$/i.exec(origin)?.[1];
  return isLocalHost(host);
}
