import { hostname } from 'node:os';

/** A process that writes to a folder which others share. */
export interface Writer {
  readonly pid: number;
  readonly host: string;
  /** When it began (milliseconds since 1970-01-01 UTC, by its own clock): numbers of processes come again. */
  readonly bornAt: number;
}

/** Two readings of when a process began differ by as much, and more when its clock is set. */
const SAME_BIRTH_MS = 10_000;

export function thisWriter(): Writer {
  return { pid: process.pid, host: hostname(), bornAt: Math.round(performance.timeOrigin + performance.now() - 1000 * process.uptime()) };
}

/**
 * What became of a writer: of a process on this machine that is known, of one elsewhere it is not. All threads of a process
 * are one writer.
 *
 * A number that was given to another process since reads as running, which only delays.
 */
export function writerState({ pid, host, bornAt }: Writer): 'here' | 'running' | 'gone' | 'elsewhere' {
  const here = thisWriter();
  if (host !== here.host) return 'elsewhere';
  if (pid === here.pid) return Math.abs(bornAt - here.bornAt) < SAME_BIRTH_MS ? 'here' : 'gone';
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
  const { pid, host, bornAt } = value as Partial<Writer>;
  return Number.isSafeInteger(pid) && typeof host === 'string' && typeof bornAt === 'number' ? { pid: pid!, host, bornAt } : null;
}
