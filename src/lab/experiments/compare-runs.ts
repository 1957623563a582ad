import { join } from 'node:path';

import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import { createRng } from '../../core/rng.js';
import { pairedComparison, type PairedComparison, type PairedDifference } from '../../evaluation/luck/paired-comparison.js';
import type { RunRecord } from '../../tracking/tracker.js';
import { keptBacktests, type KeptReturns } from '../backtest/kept-backtests.js';
import { BACKTEST_KEY } from '../backtest/trials.js';

/** One of two runs that are compared. */
export type ComparedRun = Pick<RunRecord, 'id' | 'name' | 'experiment' | 'seed'>;

/** Two backtests on the sessions that both were run on; plain JSON. */
export interface ComparedRuns {
  readonly a: ComparedRun;
  readonly b: ComparedRun;
  readonly first: IsoDate;
  readonly last: IsoDate;
  /** Sessions that only one of them saw, and that count for nothing. */
  readonly leftOut: number;
  readonly comparison: PairedComparison;
  /** The same in sentences. */
  readonly words: readonly string[];
}

/** Sessions below which nothing can be said. */
const FEWEST_SESSIONS = 20;

/**
 * Whether one backtest was better than another by more than chance.
 * @param runs folder of the runs of a project
 * @throws ConfigError `NO_BACKTEST` when one has no returns, `NOTHING_SHARED` when they share too few sessions
 */
export async function compareRuns(runs: string, a: RunRecord, b: RunRecord, seed: number): Promise<ComparedRuns> {
  const kept = keptBacktests(join(runs, 'backtests'));
  const returnsOf = async ({ id, name, data }: RunRecord): Promise<KeptReturns> => {
    const found = data[BACKTEST_KEY] === undefined ? undefined : await kept.returnsOf(data[BACKTEST_KEY]);
    if (found === undefined) throw new ConfigError(`expected a backtest whose returns are kept, found "${name}" (${id}); run it again`, { code: 'NO_BACKTEST', fields: { id } });
    return found;
  };
  const shared = sharedReturns(await returnsOf(a), await returnsOf(b));
  if (shared.days.length < FEWEST_SESSIONS) throw new ConfigError(`expected two backtests that share ${FEWEST_SESSIONS} sessions or more, found ${shared.days.length} shared by "${a.name}" (${a.id}) and "${b.name}" (${b.id})`, { code: 'NOTHING_SHARED', fields: { a: a.id, b: b.id } });
  const comparison = pairedComparison(shared.a, shared.b, { rng: createRng(seed).fork('compare') });
  const told = ({ id, name, experiment, seed: own }: RunRecord): ComparedRun => ({ id, name, experiment, seed: own });
  const facts = { a: told(a), b: told(b), first: fromEpochDay(shared.days[0]), last: fromEpochDay(shared.days[shared.days.length - 1]), leftOut: shared.leftOut, comparison };
  return { ...facts, words: wordsOf(facts) };
}

interface SharedReturns {
  readonly days: readonly number[];
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly leftOut: number;
}

/** Returns on the sessions that both have, from the same session before: a return over a gap of one of them is no pair. */
function sharedReturns(a: KeptReturns, b: KeptReturns): SharedReturns {
  const byDay = ({ sessions, returns }: KeptReturns): Map<number, { readonly before: number; readonly value: number }> => new Map(Array.from(returns, (value, t) => [sessions[t + 1], { before: sessions[t], value }]));
  const [first, second] = [byDay(a), byDay(b)];
  const days = [...first.keys()].filter((day) => second.get(day)?.before === first.get(day)!.before).sort((x, y) => x - y);
  return { days, a: Float64Array.from(days, (day) => first.get(day)!.value), b: Float64Array.from(days, (day) => second.get(day)!.value), leftOut: first.size + second.size - 2 * days.length };
}

function wordsOf({ a, b, first, last, leftOut, comparison: { sessions, correlation, sharpe, mean } }: Omit<ComparedRuns, 'words'>): string[] {
  const name = ({ name: own, id, experiment }: ComparedRun): string => `${own} ${id.slice(0, 8)} of ${experiment}`;
  const number = (value: number | null, digits = 2): string => (value === null ? 'not defined' : value.toFixed(digits));
  const percent = (value: number | null): string => (value === null ? 'not defined' : `${(100 * value).toFixed(2)} %`);
  const verdict = (difference: PairedDifference, show: (value: number | null) => string): string => {
    if (difference.interval === null || difference.pValue === null) return 'too little varies to say whether that is chance';
    const [low, high] = difference.interval;
    return `95 % interval ${show(low)} to ${show(high)}, p = ${difference.pValue.toFixed(3)}: ${low > 0 || high < 0 ? 'chance alone would seldom part them so far' : 'chance alone would do as much'}`;
  };
  return [
    `A: ${name(a)}. B: ${name(b)}.`,
    `${sessions} sessions that both saw, ${first} to ${last}${leftOut === 0 ? '' : `; ${leftOut} that only one saw are left out`}; correlation of daily returns ${number(correlation)}.`,
    `Sharpe ratio ${number(sharpe.a)} and ${number(sharpe.b)}, difference ${number(sharpe.difference)}: ${verdict(sharpe, number)} (studentised block bootstrap; Ledoit and Wolf, 2008).`,
    `Mean return ${percent(mean.a)} and ${percent(mean.b)} a year, difference ${percent(mean.difference)}: ${verdict(mean, percent)}.`,
    'The test takes both as chosen beforehand: where one is the best of many, what it owes to that stands in its own report.',
  ];
}
