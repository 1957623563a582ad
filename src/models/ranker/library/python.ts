import { execFile } from 'node:child_process';

import { redact } from './redact.js';

/** Variables of a process, `process.env` at the doors. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface PythonOptions {
  readonly environment: Environment;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
}

/** What a program ended with: its standard output, or why there is none, in words without secrets. */
export type PythonResult = { readonly kind: 'done'; readonly output: string } | { readonly kind: 'failed'; readonly reason: string };

const NAMES = ['python3', 'python'];

/** Runs Python, whichever of its names is there. An abort rejects with the signal's reason. */
export async function runPython(args: readonly string[], options: PythonOptions): Promise<PythonResult> {
  for (const name of NAMES) {
    const result = await run(name, args, options);
    options.signal?.throwIfAborted();
    if (result !== 'absent') return result;
  }
  return { kind: 'failed', reason: 'no Python is there' };
}

function run(name: string, args: readonly string[], { environment, signal, timeoutMs }: PythonOptions): Promise<PythonResult | 'absent'> {
  const options = { env: environment, timeout: timeoutMs, encoding: 'utf8' as const, windowsHide: true, ...(signal === undefined ? {} : { signal }) };
  return new Promise((resolve) => {
    execFile(name, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ kind: 'done', output: stdout });
      else if (error.code === 'ENOENT') resolve('absent');
      else if (error.killed === true) resolve({ kind: 'failed', reason: `not ended within ${timeoutMs / 1000} s` });
      else resolve({ kind: 'failed', reason: lastLine(stderr) ?? `ended with code ${error.code ?? 'unknown'}` });
    });
  });
}

function lastLine(text: string): string | null {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return lines.length === 0 ? null : redact(lines.at(-1)!).slice(0, 300);
}
