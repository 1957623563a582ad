import { hostname } from 'node:os';

/** A process that writes to a folder which others share. */
export interface Writer {
  readonly pid: number;
  readonly host: string;
}

export function thisWriter(): Writer {
  return { pid: process.pid, host: hostname() };
}

/**
 * What became of a writer: of a process on this machine that is known, of one elsewhere it is not.
 *
 * A number that was given to another process since reads as running, which only delays.
 */
export function writerState({ pid, host }: Writer): 'running' | 'gone' | 'elsewhere' {
  if (host !== hostname()) return 'elsewhere';
  try {
    process.kill(pid, 0);
    return 'running';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'running' : 'gone';
  }
}

/** A writer as it was written down; `null` where that is none. */
export function readWriter(value: unknown): Writer | null {
  if (typeof value !== 'object' || value === null) return null;
  const { pid, host } = value as Partial<Writer>;
  return Number.isSafeInteger(pid) && typeof host === 'string' ? { pid: pid!, host } : null;
}
