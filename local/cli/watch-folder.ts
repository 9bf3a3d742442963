import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** A synthesis writes many files, one after the other. */
const QUIET_MS = 300;

/**
 * Calls back whenever a folder has changed and come to rest, also where it was removed and written anew.
 *
 * @returns how to stop
 */
export function watchFolder(folder: string, changed: () => void): () => void {
  const path = resolve(folder);
  let timer: NodeJS.Timeout | undefined;
  let inside: FSWatcher | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET_MS);
  };
  const lookInside = () => {
    inside?.close();
    inside = existsSync(path) ? watch(path, soon).on('error', () => {}) : undefined;
  };
  // a folder that is removed takes those who watch it along: its parent tells of the next of its name
  const outside = watch(dirname(path), (_, name) => {
    if (name !== basename(path)) return;
    lookInside();
    soon();
  }).on('error', () => {});
  lookInside();
  return () => {
    clearTimeout(timer);
    outside.close();
    inside?.close();
  };
}
