import { Writable } from 'node:stream';

import type { Clock } from '../../src/core/clock.js';
import type { CommandModule } from '../../src/cli/context.js';
import { runProgram } from '../../src/cli/program.js';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSettings {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
  readonly commands: readonly (() => Promise<CommandModule>)[];
}

class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Runs one command line of `swing` in this process. */
export async function swing(argv: readonly string[], settings: RunSettings): Promise<Ended> {
  const stdout = new Sink();
  const stderr = new Sink();
  const code = await runProgram({ env: {}, ...settings, argv, stdout, stderr });
  return { code, stdout: stdout.text, stderr: stderr.text };
}
