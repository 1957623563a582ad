import { AppError, ConfigError, DataError, InvariantError, LockError, ProviderError } from '../core/errors.js';

/** What `swing` ends with; a script may rely on these. */
export const EXIT = {
  /** All went well. */
  ok: 0,
  /** A bug in swinglab; the stack is printed. */
  bug: 1,
  /** The command line or the configuration is wrong. */
  usage: 2,
  /** Data, or the disk it is on, is missing, damaged or not what was expected. */
  data: 3,
  /** A data vendor, or the way to it, failed; often worth another try later. */
  provider: 4,
  /** Another process holds what this one needs; try again when it has ended. */
  locked: 5,
  /** The command did its work and found something to mend: `doctor`, `data check --strict`, `book reconcile`. */
  findings: 7,
  /** Interrupted by SIGINT (Ctrl-C): 128 + 2, as shells have it. */
  interrupted: 130,
  /** Ended by SIGTERM: 128 + 15. */
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of an error that ended a command. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ConfigError) return EXIT.usage;
  if (error instanceof DataError) return EXIT.data;
  if (error instanceof ProviderError) return EXIT.provider;
  if (error instanceof LockError) return EXIT.locked;
  if (isSystemError(error)) return EXIT.data;
  return EXIT.bug;
}

/** Whether one line tells all: the error was foreseen, so that a stack would help nobody. */
export function isForeseen(error: unknown): boolean {
  return (error instanceof AppError && !(error instanceof InvariantError)) || isSystemError(error);
}

/** The operating system refused: a full disk, a folder that may not be written. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
