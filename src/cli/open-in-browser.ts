import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] };

/** Asks the system, or the program named by BROWSER, to open a file; whether one was found. Does not wait for it to end. */
export function openInBrowser(file: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const named = env['BROWSER'];
  const [program, ...first] = named ? [named] : (OPENERS[process.platform] ?? ['xdg-open']);
  return new Promise((resolve) => {
    const child = spawn(program, [...first, pathToFileURL(file).href], { stdio: 'ignore', detached: true, env: { ...process.env, ...env } });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
