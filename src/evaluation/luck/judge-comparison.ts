import type { Rng } from '../../core/rng.js';
import { mean } from '../../math/stats.js';
import { drawBlocks } from '../block-bootstrap.js';
import { automaticBlockLength } from '../overfitting/automatic-block-length.js';
import { romanoWolf } from '../overfitting/romano-wolf.js';
import { superiorPredictiveAbility } from '../overfitting/superior-predictive-ability.js';
import type { AlignedTrial } from './counted-trials.js';
import type { Luck } from './luck.js';

/** Level at which stepwise testing finds a trial. */
const LEVEL = 0.05;

/** Sessions below which blocks drawn anew say nothing. */
const FEWEST_SESSIONS = 20;

export interface Benchmark {
  readonly name: string;
  /** Simple returns on the sessions of what is judged, fractions. [session] */
  readonly returns: ArrayLike<number>;
}

/**
 * Whether trials beat a benchmark, by stationary blocks drawn once for both tests; they last as long as suits the trials' differences from
 * the benchmark on average. `null` for fewer than 20 sessions, or where no trial's difference varies.
 */
export function judgeComparison(aligned: readonly AlignedTrial[], benchmark: Benchmark, { rng, replicates }: { readonly rng: Rng; readonly replicates: number }): Pick<Luck, 'superior' | 'stepwise'> {
  const returns = aligned.map((trial) => trial.returns);
  const sessions = returns[0].length;
  const lengths = returns.flatMap((series) => automaticBlockLength(series.map((value, t) => value - benchmark.returns[t]))?.stationary ?? []);
  if (sessions < FEWEST_SESSIONS || lengths.length === 0) return { superior: null, stepwise: null };
  const block = Math.max(1, Math.round(mean(lengths)));
  const options = { benchmark: benchmark.returns, block, rng, draws: drawBlocks(sessions, { block, replicates, method: 'stationary', rng }) };
  const found = romanoWolf(returns, options).map(({ statistic, pValue }, trial) => ({ name: aligned[trial].name, statistic: statistic ?? -Infinity, pValue: pValue ?? 1 }));
  found.sort((a, b) => a.pValue - b.pValue || b.statistic - a.statistic);
  return {
    superior: { ...superiorPredictiveAbility(returns, options), benchmark: benchmark.name, trials: returns.length, best: found.reduce((best, one) => (one.statistic > best.statistic ? one : best)).name, block },
    stepwise: found.map(({ name, pValue }) => ({ name, pValue, rejected: pValue <= LEVEL })),
  };
}
