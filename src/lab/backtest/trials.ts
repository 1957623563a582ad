import type { Trial } from '../../evaluation/luck/luck.js';
import type { RunRecord, Tracker } from '../../tracking/tracker.js';
import type { KeptBacktests, KeptReturns } from './kept-backtests.js';

/** The figure that a record's Sharpe ratio is kept under: per session, not annualized. */
export const SHARPE_PER_SESSION = 'sharpe_per_session';

/** The data hash that a record's backtest is kept under. */
export const BACKTEST_KEY = 'backtest';

/**
 * Everything that was evaluated to the end under the name of an experiment, other than one: backtests with their returns where these are of
 * the same sessions, and scores that were only evaluated.
 */
export async function otherTrials({ tracker, kept, experiment, own, sessions }: { readonly tracker: Tracker; readonly kept: KeptBacktests; readonly experiment: string; readonly own: string; readonly sessions: Int32Array }): Promise<Trial[]> {
  const records = (await tracker.runs(experiment)).filter(({ status, id }) => status === 'finished' && id !== own);
  return Promise.all(records.map((record) => trialOf(record, kept, sessions)));
}

async function trialOf({ id, name, metrics, data }: RunRecord, kept: KeptBacktests, sessions: Int32Array): Promise<Trial> {
  const key = data[BACKTEST_KEY];
  const found = key === undefined ? undefined : await kept.returnsOf(key);
  return { id, name: `${name} ${id.slice(0, 6)}`, sharpe: metrics[SHARPE_PER_SESSION] ?? null, returns: found !== undefined && isAligned(found, sessions) ? found.returns : null };
}

const isAligned = ({ sessions: own }: KeptReturns, sessions: Int32Array): boolean => own.length === sessions.length && own.every((day, t) => day === sessions[t]);
