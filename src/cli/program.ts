import { setImmediate } from 'node:timers/promises';

import { Command, CommanderError, Option } from 'commander';

import { systemClock, type Clock } from '../core/clock.js';
import { AppError, describeError } from '../core/errors.js';
import { createContext, LOG_LEVELS, type CommandModule, type GlobalOptions } from './context.js';
import { EXIT, exitCodeOf, isForeseen, type ExitCode } from './exit-codes.js';
import { listenForInterruption, type Interruption } from './interruption.js';
import { createOutput, type Output, type OutputStreams, watchStreams } from './output.js';
import { packageVersion } from './package-root.js';

export interface RunOptions extends Partial<OutputStreams> {
  /** Without the two words that start the process. */
  readonly argv: readonly string[];
  /** Files of `commands/`, in the order of the help. */
  readonly commands: readonly (() => Promise<CommandModule>)[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
}

/** Runs one command line and tells the exit code; never throws, never ends the process. */
export async function runProgram(options: RunOptions): Promise<ExitCode> {
  const streams: OutputStreams = { stdout: options.stdout ?? process.stdout, stderr: options.stderr ?? process.stderr };
  const failure = watchStreams(streams);
  const program = createProgram(streams, await packageVersion());
  const globals = (): GlobalOptions => ({ set: [], quiet: false, ...program.opts<Pick<GlobalOptions, 'logLevel'>>() });
  const output = createOutput(streams, () => globals().quiet);
  const interruption = listenForInterruption();
  let finished: ExitCode = EXIT.ok;
  const context = createContext({
    cwd: options.cwd ?? process.cwd(),
    env: options.env ?? process.env,
    clock: options.clock ?? systemClock,
    signal: interruption.signal,
    output,
    globals,
    exitWith: (code) => (finished = code),
  });
  try {
    for (const load of options.commands) (await load()).register(program, context);
    await program.parseAsync([...options.argv], { from: 'user' });
    await setImmediate(); // a write's failure is told a moment later
    const unwritten = failure();
    if (unwritten) throw unwritten;
    return interruption.code() ?? finished;
  } catch (error) {
    return explain(error, output, interruption);
  } finally {
    interruption.dispose();
  }
}

function createProgram({ stdout, stderr }: OutputStreams, version: string): Command {
  return new Command('swing')
    .description('Swing-trade recommendations for S&P 500 stocks, from data to report.')
    .version(version, '-V, --version', 'print the version')
    .option('-c, --config <file>', 'configuration file (default: config.yaml or config/config.yaml, here or above)')
    .option('--set <a.b=c>', 'set one setting; may be repeated, the last one wins', (value: string, before?: readonly string[]) => [...(before ?? []), value])
    .option('-q, --quiet', 'no remarks on stderr, only warnings and errors')
    .addOption(new Option('--log-level <level>', 'least important log lines to print on stderr').choices(LOG_LEVELS).default('warn'))
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .showHelpAfterError('(try --help)')
    .exitOverride();
}

/** Says what ended the command and chooses the exit code. */
function explain(error: unknown, output: Output, interruption: Interruption): ExitCode {
  // Commander has printed its message by now.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const interrupted = interruption.code();
  if (interrupted !== null) {
    output.error('interrupted; what was complete is kept, running the command again does the rest');
    return interrupted;
  }
  if (!isForeseen(error)) {
    output.error(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nThis is a bug in swinglab; please report it with the lines above.`);
    return EXIT.bug;
  }
  output.error(describeError(error));
  const hint = error instanceof AppError ? error.fields['hint'] : undefined;
  if (typeof hint === 'string') output.hint(hint);
  return exitCodeOf(error);
}
