import { UsageError } from './command';

/** What `--endpoint service=url` says, by service. */
export function endpointsOf(texts: readonly string[] = []): { [service: string]: string } {
  return Object.fromEntries(
    texts.map((text) => {
      const [, service, url] = /^([a-z0-9-]+)=(https?:\/\/.+)$/.exec(text) ?? [];
      if (service !== undefined && URL.canParse(url!)) return [service, url!];
      throw new UsageError(
        `--endpoint: '${text}' names no endpoint; give a service and its URL, as in dynamodb=http://127.0.0.1:8000`,
      );
    }),
  );
}
