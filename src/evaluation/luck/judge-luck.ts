import type { Rng } from '../../core/rng.js';
import { minimumBacktestLength } from '../overfitting/deflated-sharpe.js';
import { minimumTrackRecordLength, probabilisticSharpeRatio } from '../overfitting/probabilistic-sharpe.js';
import { sharpeSample } from '../overfitting/sharpe-sample.js';
import { requireReturns } from '../overfitting/trial-returns.js';
import { yearLength, type AnnualOptions } from '../performance/annual-options.js';
import type { ExcessOptions } from '../performance/excess-returns.js';
import { countedTrials, type CountedTrials } from './counted-trials.js';
import { judgeComparison, type Benchmark } from './judge-comparison.js';
import { judgeDeflated, judgeHaircut, judgeOverfitting } from './judge-selection.js';
import { judgeRandomEntry, judgeTradeOrder, type JudgedTrades } from './judge-trades.js';
import type { Luck, Trial } from './luck.js';
import { sharpeInterval } from './sharpe-interval.js';

export interface LuckInput extends AnnualOptions, ExcessOptions {
  /** Simple returns of what is judged, [session], fractions, after costs. */
  readonly returns: ArrayLike<number>;
  /** Id of what is judged among the trials. */
  readonly own: string;
  /** Everything that was tried, what is judged included; the same id twice is one trial. */
  readonly trials: readonly Trial[];
  /** What trials have to beat; `null`: no comparison. Returns of 0 ask whether they earn anything. */
  readonly benchmark: Benchmark | null;
  /** Trades against random ones; absent, `null` or empty: none. */
  readonly trades?: JudgedTrades | null | undefined;
  /** What each trade gave to the whole book, in the order of their exits: profit over the equity before it, fraction. [trade] */
  readonly tradeReturns?: ArrayLike<number> | null | undefined;
  readonly rng: Rng;
  /** Series, sets of trades and orders drawn by each method, 1,000 unless given. */
  readonly replicates?: number;
}

/**
 * What a record is worth once everything that was tried is counted.
 *
 * Each method draws from its own stream, so that none changes when another is left out. What a method needs and does not have gives `null`:
 *
 * - returns that do not vary: everything about their Sharpe ratio;
 * - one trial only: deflated is the probabilistic ratio against 0, and there is nothing to overfit;
 * - trials without returns, or run on other sessions, count as trials, but cannot be cross-validated nor compared session by session.
 *
 * @throws InvariantError `BAD_TRIALS` where what is judged is not among the trials, or returns are missing or of another length
 * @see the fields of `Luck` for the papers
 */
export function judgeLuck(input: LuckInput): Luck {
  const { returns, benchmark, trades, tradeReturns, rng, replicates = 1000 } = input;
  if (benchmark !== null) requireReturns(benchmark.returns, { sessions: returns.length, name: `benchmark "${benchmark.name}"`, where: 'judgeLuck' });
  const counted = countedTrials(input.trials, { id: input.own, returns }, input);
  const draws = (label: string): { readonly rng: Rng; readonly replicates: number } => ({ rng: rng.fork(label), replicates });
  return {
    trials: counted.counts,
    sessions: returns.length,
    ...judgeSharpe(input, counted, draws('interval')),
    overfitting: judgeOverfitting(counted.aligned),
    ...(benchmark === null ? { superior: null, stepwise: null } : judgeComparison(counted.aligned, benchmark, draws('comparison'))),
    randomEntry: trades ? judgeRandomEntry(trades, draws('random entry')) : null,
    tradeOrder: tradeReturns ? judgeTradeOrder(tradeReturns, draws('trade order')) : null,
  };
}

type SharpeFields = 'sharpe' | 'sharpeInterval' | 'blockLength' | 'probabilistic' | 'deflated' | 'minimumTrackRecord' | 'minimumBacktestYears' | 'haircut';

function judgeSharpe(input: LuckInput, counted: CountedTrials, draws: { readonly rng: Rng; readonly replicates: number }): Pick<Luck, SharpeFields> {
  const sample = sharpeSample(counted.ownExcess);
  if (sample === null) return { sharpe: null, sharpeInterval: null, blockLength: null, probabilistic: null, deflated: null, minimumTrackRecord: null, minimumBacktestYears: null, haircut: null };
  const root = Math.sqrt(yearLength(input));
  const interval = sharpeInterval(input.returns, { ...input, ...draws });
  return {
    sharpe: root * sample.sharpe,
    sharpeInterval: interval?.interval ?? null,
    blockLength: interval?.block ?? null,
    probabilistic: probabilisticSharpeRatio(sample),
    deflated: judgeDeflated(sample, counted, root),
    minimumTrackRecord: minimumTrackRecordLength(sample),
    minimumBacktestYears: minimumBacktestLength(counted.counts.count, root * sample.sharpe),
    haircut: judgeHaircut(counted, sample.count, root),
  };
}
