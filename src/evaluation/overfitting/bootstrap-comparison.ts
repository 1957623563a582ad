import { mean } from '../../math/stats.js';
import { drawBlocks, drawnMeans, type BlockBootstrapOptions, type BlockDraws } from '../block-bootstrap.js';
import { badTrials, requireReturns, requireTrials, type TrialReturns } from './trial-returns.js';

/** How trials are compared with a benchmark: blocks are stationary (Politis and Romano, 1994) unless `method` says otherwise. */
export interface ComparisonOptions extends BlockBootstrapOptions {
  /** Returns that a trial has to beat, [session]; 0 unless given. */
  readonly benchmark?: ArrayLike<number>;
  /** Blocks drawn before, for comparisons that must share them; `rng`, `replicates` and `method` then count for nothing. */
  readonly draws?: BlockDraws;
}

/** One trial's returns less the benchmark's, and the same in every series drawn. */
export interface Comparison {
  readonly mean: number;
  /** Long-run variance of the difference, so that that of its mean is this / sessions; 0 where it does not vary. */
  readonly variance: number;
  /** Mean of the difference, [replicate]. */
  readonly drawn: Float64Array;
}

export interface Comparisons {
  readonly sessions: number;
  readonly replicates: number;
  /** One trial after another: they are many, and so is what was drawn for each. */
  readonly each: () => Generator<Comparison>;
}

/** @throws InvariantError `BAD_TRIALS` when returns are missing or lengths differ, `BAD_BLOCK` when the block does not fit */
export function compareTrials(returns: TrialReturns, options: ComparisonOptions, where: string): Comparisons {
  const sessions = requireTrials(returns, where);
  const { benchmark, block } = options;
  if (benchmark !== undefined) requireReturns(benchmark, { sessions, name: 'the benchmark', where });
  if (!(block >= 1 && block <= sessions)) throw badTrials(`expected blocks of 1 to ${sessions} sessions, found ${block}`, where, { block });
  const draws = options.draws ?? drawBlocks(sessions, { ...options, method: options.method ?? 'stationary' });
  if (draws.ends.length === 0) throw badTrials('expected at least one series drawn, found none', where);
  function* each(): Generator<Comparison> {
    for (const series of returns) {
      const difference = Float64Array.from({ length: sessions }, (_, t) => series[t] - (benchmark?.[t] ?? 0));
      yield { mean: mean(difference), variance: longRunVariance(difference, block), drawn: drawnMeans(difference, draws) };
    }
  }
  return { sessions, replicates: draws.ends.length, each };
}

/**
 * Variance that the stationary bootstrap gives √n times the mean: γ₀ + 2 Σ κ(i) γᵢ with κ(i) = (1 − i/n)(1 − q)^i + (i/n)(1 − q)^(n − i) and
 * q = 1 / `block`; 0 where the values do not vary.
 *
 * @see Politis and Romano (1994), lemma 1; Hansen (2005)
 */
export function longRunVariance(values: ArrayLike<number>, block: number): number {
  const count = values.length;
  const centre = mean(values);
  const off = Float64Array.from(values, (value) => value - centre);
  const autocovariance = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < count; i++) sum += off[i] * off[i - lag];
    return sum / count;
  };
  const own = autocovariance(0);
  if (!(Math.sqrt(own) > 8 * Number.EPSILON * Math.abs(centre))) return 0;
  let variance = own;
  const stay = 1 - 1 / block;
  for (let lag = 1; lag < count; lag++) {
    const kernel = (1 - lag / count) * stay ** lag + (lag / count) * stay ** (count - lag);
    // far lags of short blocks weigh nothing
    if (kernel > 1e-18) variance += 2 * kernel * autocovariance(lag);
  }
  return Math.max(0, variance);
}
