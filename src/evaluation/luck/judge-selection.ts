import { standardDeviation } from '../../math/stats.js';
import { backtestOverfitting } from '../overfitting/backtest-overfitting.js';
import { deflatedSharpeRatio } from '../overfitting/deflated-sharpe.js';
import { haircutSharpe, type HaircutSharpe } from '../overfitting/haircut-sharpe.js';
import type { SharpeSample } from '../overfitting/sharpe-sample.js';
import type { AlignedTrial, CountedTrials } from './counted-trials.js';
import type { Luck } from './luck.js';

/** Sessions that a block of cross-validation holds at least, so that a Sharpe ratio over it says something and no trade reaches far beyond it. */
const BLOCK_SESSIONS = 20;

/** Combinations of halves: 16 blocks give 12,870, four give 6. */
const [FEWEST_BLOCKS, MOST_BLOCKS] = [4, 16];

/** Against all that were counted; `null` where more than one was tried, but fewer than two have a Sharpe ratio to vary. */
export function judgeDeflated(sample: SharpeSample, { counts, sharpes }: CountedTrials, root: number): Luck['deflated'] {
  const known = sharpes.filter((sharpe) => sharpe !== null);
  if (counts.count > 1 && known.length < 2) return null;
  const variance = counts.count === 1 ? 0 : standardDeviation(known) ** 2;
  const { probability, threshold } = deflatedSharpeRatio(sample, { trials: counts.count, variance });
  return { probability, threshold: root * threshold };
}

/** Annualized; a trial without a Sharpe ratio counts as a test that found nothing, and all as if they had lasted as long as what is judged. */
export function judgeHaircut({ sharpes, own }: CountedTrials, sessions: number, root: number): HaircutSharpe {
  const found = haircutSharpe(sharpes.map((sharpe) => sharpe ?? 0), sessions)[own];
  const annual = (cut: HaircutSharpe['holm']): HaircutSharpe['holm'] => ({ ...cut, sharpe: root * cut.sharpe + 0 }); // JSON knows no −0
  return { pValue: found.pValue, bonferroni: annual(found.bonferroni), holm: annual(found.holm), benjaminiYekutieli: annual(found.benjaminiYekutieli) };
}

/** `null` for fewer than two trials that earned different returns, or fewer than 80 sessions. */
export function judgeOverfitting(aligned: readonly AlignedTrial[]): Luck['overfitting'] {
  const trials = distinctSeries(aligned.map(({ excess }) => excess));
  const blocks = Math.min(MOST_BLOCKS, 2 * Math.floor(aligned[0].excess.length / (2 * BLOCK_SESSIONS)));
  if (trials.length < 2 || blocks < FEWEST_BLOCKS) return null;
  const { probability, probabilityOfLoss } = backtestOverfitting(trials, { blocks });
  return { probability, trials: trials.length, blocks, probabilityOfLoss };
}

/** Equal series once: a setting that never took effect is no choice. */
function distinctSeries(all: readonly Float64Array[]): Float64Array[] {
  const kept = new Map<number, Float64Array[]>();
  for (const series of all) {
    const sum = series.reduce((total, value) => total + value, 0);
    const alike = kept.get(sum) ?? [];
    if (!alike.some((other) => other.every((value, t) => value === series[t]))) kept.set(sum, [...alike, series]);
  }
  return [...kept.values()].flat();
}
