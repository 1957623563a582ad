import type { LoadedConfig } from '../../config/load.js';
import type { Clock } from '../../core/clock.js';
import { describeError } from '../../core/errors.js';

/** What one check found. */
export interface CheckResult {
  /** `warn`: there, with a reservation; `missing`: not there, or not working. */
  readonly state: 'ok' | 'warn' | 'missing';
  readonly found: string;
  /** What to do; empty when there is nothing to do. */
  readonly mend: string;
}

export interface DoctorSurroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The configuration in force, or why there is none. */
  readonly config: LoadedConfig | Error;
}

/** One thing that `swing doctor` looks at. */
export interface Check {
  readonly name: string;
  /** Without it nothing works: when it is missing, `doctor` ends with findings. */
  readonly required: boolean;
  /** @throws whatever it likes; the error's message becomes what was found */
  readonly run: (surroundings: DoctorSurroundings) => Promise<CheckResult>;
}

export interface Diagnosis extends CheckResult {
  readonly name: string;
  readonly required: boolean;
}

/** Runs checks side by side, results in their order. */
export function diagnose(checks: readonly Check[], surroundings: DoctorSurroundings): Promise<Diagnosis[]> {
  return Promise.all(
    checks.map(async ({ name, required, run }) => {
      try {
        return { name, required, ...(await run(surroundings)) };
      } catch (error) {
        surroundings.signal.throwIfAborted();
        return { name, required, state: 'missing' as const, found: describeError(error), mend: '' };
      }
    }),
  );
}

export const ok = (found: string): CheckResult => ({ state: 'ok', found, mend: '' });
export const warn = (found: string, mend: string): CheckResult => ({ state: 'warn', found, mend });
export const missing = (found: string, mend: string): CheckResult => ({ state: 'missing', found, mend });
