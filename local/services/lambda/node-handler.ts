import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RuntimeError } from './node-errors';

// biome-ignore lint/complexity/noBannedTypes: a handler's signature is its author's
export type Handler = Function;

/** Loads `folder/module.nested.function` as Lambda does: the same order of files, the same errors. */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  if (handler.includes('..')) {
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const name = basename(handler);
  const match = /^([^.]*)\.(.*)$/.exec(name);
  if (!match) {
    throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  }
  const [, moduleName, path] = match as unknown as [string, string, string];
  const loaded = await loadModule(taskRoot, handler.slice(0, handler.length - name.length), moduleName);
  const found = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], loaded);
  if (!found) {
    throw new RuntimeError('HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw new RuntimeError('HandlerNotFound', `${handler} is not a function`);
  }
  return found;
}

async function loadModule(taskRoot: string, folder: string, name: string): Promise<unknown> {
  const path = resolve(taskRoot, folder, name);
  const requireFile = createRequire(join(taskRoot, 'index.js'));
  const importFile = (file: string) => import(pathToFileURL(file).href);
  const candidates: Array<[string, (file: string) => unknown]> = [
    [path, requireFile],
    [`${path}.js`, isEsmFolder(dirname(path)) ? importFile : requireFile],
    [`${path}.mjs`, importFile],
    [`${path}.cjs`, requireFile],
  ];
  try {
    const [file, load] = candidates.find(([candidate]) => existsSync(candidate)) ?? [];
    return file && load
      ? await load(file)
      : requireFile(requireFile.resolve(name, { paths: [taskRoot, join(taskRoot, folder)] }));
  } catch (error) {
    if (error instanceof SyntaxError) {
      const shown = new RuntimeError('UserCodeSyntaxError', String(error));
      shown.stack = error.stack;
      throw shown;
    }
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('ImportModuleError', String(error));
    }
    throw error;
  }
}

/** Whether the nearest package.json makes .js files ES modules. */
function isEsmFolder(folder: string): boolean {
  if (basename(folder) === 'node_modules') {
    return false;
  }
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8')).type === 'module';
    } catch {
      return false;
    }
  }
  const parent = dirname(folder);
  return parent !== folder && isEsmFolder(parent);
}
