import { EXIT, type ExitCode } from './exit-codes.js';

const CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

export interface Interruption {
  readonly signal: AbortSignal;
  /** The exit code of the signal that came; `null` when none did. */
  code(): ExitCode | null;
  /** Stops listening. */
  dispose(): void;
}

/**
 * Turns the first SIGINT or SIGTERM into an abort, so that work ends where its state is whole; the second ends the
 * process at once.
 */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let code: ExitCode | null = null;
  const onSignal = (name: NodeJS.Signals): void => {
    const its = CODES[name as keyof typeof CODES];
    if (code !== null) process.exit(its);
    code = its;
    controller.abort(new DOMException(`interrupted by ${name}`, 'AbortError'));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    code: () => code,
    dispose: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}
