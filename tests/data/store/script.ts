import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { onTestFinished } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);

/** Lets TypeScript sources be found under their built names. */
const HOOKS = `
  import { registerHooks } from 'node:module';
  registerHooks({ resolve: (specifier, context, next) => next(context.parentURL?.includes('/node_modules/') ? specifier : specifier.replace(/^(\\..*|file:.*)\\.js$/, '$1.ts'), context) });
  const load = (path) => import(new URL(path, ${JSON.stringify(ROOT.href)}).href);
`;

export interface Script {
  readonly process: ChildProcess;
  /** The next line that it prints. */
  line(): Promise<string>;
  /** Waits for the end: exit code, or the signal that ended it, and what it printed to the error stream. */
  end(): Promise<{ readonly code: number | string; readonly stderr: string }>;
}

/** Runs a script in a process of its own; it imports our sources by `await load('src/….js')`. Killed when the test ends. */
export function startScript(script: string): Script {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', HOOKS + script], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  return {
    process: child,
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`expected a line, found the end of the script: ${stderr}`);
      return value;
    },
    async end() {
      const [code, signal] = await ended;
      return { code: code ?? signal!, stderr };
    },
  };
}
