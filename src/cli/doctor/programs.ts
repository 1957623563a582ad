import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The first of some programs that is on the PATH, as a full path; `null` when none is. */
export async function findProgram(names: readonly string[], env: NodeJS.ProcessEnv): Promise<string | null> {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const name of names) {
    for (const folder of (env['PATH'] ?? '').split(delimiter).filter((part) => part !== '')) {
      for (const ending of endings) {
        const path = join(folder, `${name}${ending}`);
        if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
      }
    }
  }
  return null;
}

export interface ProgramRun {
  readonly succeeded: boolean;
  /** What it printed on both streams, trimmed. */
  readonly said: string;
}

/** Runs a program without a shell; one that takes longer than `timeoutMs` has not succeeded. */
export function runProgramFile(path: string, args: readonly string[], options: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal; readonly timeoutMs: number; readonly cwd?: string }): Promise<ProgramRun> {
  const { env, signal, timeoutMs, cwd } = options;
  return new Promise((settle) => {
    execFile(path, [...args], { env, signal, timeout: timeoutMs, killSignal: 'SIGKILL', ...(cwd === undefined ? {} : { cwd }) }, (error, stdout, stderr) => {
      settle({ succeeded: error === null, said: `${stdout}\n${stderr}`.trim() });
    });
  });
}
