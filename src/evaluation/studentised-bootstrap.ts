import type { Rng } from '../core/rng.js';
import { mean, quantile } from '../math/stats.js';
import { drawBlocks, type Interval } from './block-bootstrap.js';
import { spectralVariance } from './long-run-variance.js';
import { automaticBlockLength } from './overfitting/automatic-block-length.js';

/** A smooth function of the means of series that belong together, session by session. */
export interface SmoothStatistic {
  /** [component][session], finite. */
  readonly components: readonly Float64Array[];
  /** Of the means of the components; NaN where it is not defined. */
  readonly value: (means: Float64Array) => number;
  /** Its derivative by each mean, [component]. */
  readonly gradient: (means: Float64Array) => Float64Array;
}

export interface StudentisedOptions {
  readonly rng: Rng;
  /** Series drawn, 2,000 unless given. */
  readonly replicates?: number;
  /** Sessions in a block; found from the series unless given. */
  readonly block?: number;
  /** Probability that the interval is to cover, 0.95 unless given. */
  readonly level?: number;
}

/** What is known of a statistic. */
export interface StudentisedResult {
  readonly estimate: number;
  readonly standardError: number;
  readonly interval: Interval;
  /** Two-sided, of the hypothesis that the statistic is 0: (1 + exceedances) / (1 + replicates). */
  readonly pValue: number;
  readonly block: number;
}

/** Blocks below which their spread says nothing of a standard error. */
const FEWEST_BLOCKS = 5;

/**
 * Interval and p-value of a statistic by a studentised bootstrap of blocks of one length on a circle: |drawn − estimate| / error in every
 * series drawn, its error from the spread of its own blocks, against |estimate| / error by a prewhitened kernel.
 *
 * Blocks are as long as suits the mean of the statistic's influence, at most a fifth of the series. Deviations: there, blocks are chosen
 * by calibration; here the kernel sees the influence, one series, in place of each mean.
 *
 * @returns `null` for fewer than 20 sessions, or where the statistic is not defined or does not vary
 * @see Ledoit and Wolf (2008), sections 3.1 and 3.2; Götze and Künsch (1996) for the error of a series drawn
 */
export function studentisedBootstrap(statistic: SmoothStatistic, { rng, replicates = 2000, block: given, level = 0.95 }: StudentisedOptions): StudentisedResult | null {
  const { components, value } = statistic;
  const sessions = components[0].length;
  const means = Float64Array.from(components, mean);
  const estimate = value(means);
  if (sessions < 4 * FEWEST_BLOCKS || !Number.isFinite(estimate)) return null;
  const influence = influenceOf(statistic, means);
  const standardError = influence === null ? 0 : Math.sqrt(spectralVariance(influence) / sessions);
  if (influence === null || !(standardError > 0)) return null;
  const block = Math.min(Math.floor(sessions / FEWEST_BLOCKS), given ?? Math.max(1, Math.round(automaticBlockLength(influence)?.circular ?? 1)));
  const off = drawnDeviations(statistic, { estimate, block, replicates, rng });
  if (off.length === 0) return null;
  const critical = quantile(off, level);
  const observed = Math.abs(estimate) / standardError;
  return {
    estimate, standardError, block,
    interval: [estimate - critical * standardError, estimate + critical * standardError],
    pValue: (1 + off.filter((one) => one >= observed).length) / (1 + off.length),
  };
}

/** What each session adds to the statistic, to first order, [session]; `null` where that is only what rounding leaves of terms that cancel. */
function influenceOf({ components, gradient }: SmoothStatistic, means: Float64Array): Float64Array | null {
  const slopes = gradient(means);
  const influence = new Float64Array(components[0].length);
  let size = 0;
  components.forEach((series, k) => {
    const terms = series.map((value) => slopes[k] * (value - means[k]));
    terms.forEach((term, t) => (influence[t] += term));
    size += Math.sqrt(mean(terms.map((term) => term * term)));
  });
  return Math.sqrt(mean(influence.map((value) => value * value))) > 1e-12 * size ? influence : null;
}

/** |drawn − estimate| / error of series put together of whole blocks, ascending; those without a statistic or an error are left out. */
function drawnDeviations({ components, value, gradient }: SmoothStatistic, { estimate, block, replicates, rng }: { readonly estimate: number; readonly block: number; readonly replicates: number; readonly rng: Rng }): Float64Array {
  const width = components.length;
  const count = Math.floor(components[0].length / block);
  const sums = blockSums(components, block);
  const { starts, ends } = drawBlocks(components[0].length, { block, replicates, method: 'circular', rng });
  const means = new Float64Array(width);
  const found = new Float64Array(replicates);
  for (let b = 0; b < replicates; b++) {
    const first = b === 0 ? 0 : ends[b - 1];
    means.fill(0);
    for (let j = first; j < first + count; j++) for (let k = 0; k < width; k++) means[k] += sums[starts[j] * width + k];
    for (let k = 0; k < width; k++) means[k] /= count * block;
    const drawn = value(means);
    const slopes = gradient(means);
    const centre = block * means.reduce((sum, one, k) => sum + slopes[k] * one, 0);
    let squares = 0;
    for (let j = first; j < first + count; j++) {
      let influence = -centre;
      for (let k = 0; k < width; k++) influence += slopes[k] * sums[starts[j] * width + k];
      squares += influence * influence;
    }
    found[b] = (Math.abs(drawn - estimate) * count * block) / Math.sqrt(squares);
  }
  return found.filter(Number.isFinite).sort();
}

/** Sums of each component over the block that begins at each session, around the circle, [session, component]. */
function blockSums(components: readonly Float64Array[], block: number): Float64Array {
  const [width, sessions] = [components.length, components[0].length];
  const sums = new Float64Array(width * sessions);
  components.forEach((series, k) => {
    for (let t = 0; t < sessions; t++) for (let i = 0; i < block; i++) sums[t * width + k] += series[(t + i) % sessions];
  });
  return sums;
}
