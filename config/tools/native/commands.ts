import { spawnSync } from 'node:child_process';

/** A part of the build that is not there, or a step that failed: the message tells what was expected, what was found and the cure. */
export class BuildError extends Error {}

export interface Ran {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command to its end; a command that is not there has the status `null`. */
export function run(command: string, args: readonly string[], cwd?: string): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...(cwd === undefined ? {} : { cwd }) });
  return { status: error === undefined ? status : null, output: stdout ?? '', errors: error === undefined ? stderr : error.message };
}

/** @throws BuildError with the last lines that the command wrote */
export function must(what: string, command: string, args: readonly string[], cwd?: string): string {
  const { status, output, errors } = run(command, args, cwd);
  if (status !== 0) throw new BuildError(`expected ${what} by "${command}", found ${status === null ? errors : `exit code ${status}`}\n${lastLines(errors === '' ? output : errors)}`);
  return output;
}

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-20).join('\n');
