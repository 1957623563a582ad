import { InvariantError } from '../../core/errors.js';

/** Returns of everything that was tried, [trial][session], fractions; every trial over the same sessions. */
export type TrialReturns = readonly ArrayLike<number>[];

/**
 * Number of sessions of the trials.
 *
 * @throws InvariantError `BAD_TRIALS` when there are none, fewer than two sessions, not equally many of each, or a return is no finite number
 */
export function requireTrials(returns: TrialReturns, where: string): number {
  if (returns.length === 0) throw badTrials('expected the returns of at least one trial, found none', where);
  const sessions = returns[0].length;
  if (sessions < 2) throw badTrials(`expected at least 2 sessions, found ${sessions}`, where, { sessions });
  returns.forEach((series, trial) => requireReturns(series, { sessions, name: `trial ${trial}`, where }));
  return sessions;
}

/** @throws InvariantError `BAD_TRIALS` when a series is not of so many finite returns */
export function requireReturns(series: ArrayLike<number>, { sessions, name, where }: { readonly sessions: number; readonly name: string; readonly where: string }): void {
  if (series.length !== sessions) throw badTrials(`expected ${sessions} returns of ${name}, found ${series.length}`, where, { sessions, found: series.length });
  for (let t = 0; t < sessions; t++) {
    if (!Number.isFinite(series[t])) throw badTrials(`expected a finite return of ${name} at each session, found ${series[t]} at ${t}`, where, { session: t });
  }
}

export function badTrials(message: string, where: string, fields: Readonly<Record<string, unknown>> = {}): InvariantError {
  return new InvariantError(`${message} in ${where}`, { code: 'BAD_TRIALS', fields });
}
