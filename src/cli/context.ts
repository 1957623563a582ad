import type { Command } from 'commander';
import type { Logger } from 'pino';

import { loadConfig, type LoadedConfig } from '../config/load.js';
import type { Clock } from '../core/clock.js';
import type { ExitCode } from './exit-codes.js';
import type { Output } from './output.js';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** Options of every command, given before or after its name. */
export interface GlobalOptions {
  readonly config?: string;
  readonly set: readonly string[];
  readonly quiet: boolean;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** What a command gets from its surroundings. */
export interface CliContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly output: Output;
  /** Known when the command's action runs. */
  readonly globals: () => GlobalOptions;
  /** The configuration in force, with `--config`, settings that an option of the command stands for, and `--set`. */
  readonly loadConfig: (options?: { readonly experiment?: string | undefined; readonly settings?: readonly string[] }) => Promise<LoadedConfig>;
  /** Logs as JSON lines on stderr, from `--log-level` on. */
  readonly logger: () => Promise<Logger>;
  /** Ends the command with another code than 0, without an error. */
  readonly exitWith: (code: ExitCode) => void;
}

/** A file of `commands/`. */
export interface CommandModule {
  register(program: Command, context: CliContext): void;
}

export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly output: Output;
  readonly globals: () => GlobalOptions;
  readonly exitWith: (code: ExitCode) => void;
}

export function createContext(surroundings: Surroundings): CliContext {
  const { cwd, globals } = surroundings;
  let logger: Promise<Logger> | undefined;
  const context: CliContext = {
    ...surroundings,
    async loadConfig({ experiment, settings = [] } = {}) {
      const { config: file, set } = globals();
      const loaded = await loadConfig({ file, cwd, overrides: [...settings, ...set], experiment });
      (await context.logger()).info({ file: loaded.file, root: loaded.root, hash: loaded.hash }, 'configuration loaded');
      return loaded;
    },
    logger: () => (logger ??= openLogger(globals().logLevel)),
  };
  return context;
}

async function openLogger(level: GlobalOptions['logLevel']): Promise<Logger> {
  const { pino } = await import('pino');
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
