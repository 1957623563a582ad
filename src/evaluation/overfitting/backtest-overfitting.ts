import { mean } from '../../math/stats.js';
import { blockMoments, combineMoments, emptyMoments, sharpesOf, type Moments } from './block-moments.js';
import { badTrials, requireTrials, type TrialReturns } from './trial-returns.js';

/** More blocks than these would take minutes: C(24, 12) is 2.7 million. */
const MOST_BLOCKS = 24;

export interface BacktestOverfitting {
  /** Share of combinations whose in-sample best is at the median or below out of sample (logit ≤ 0): the probability of overfitting. */
  readonly probability: number;
  /** The same where the median itself does not count (logit < 0); the two part only when a chosen trial is just at it. */
  readonly strictProbability: number;
  /** ln(ω / (1 − ω)) of each combination in lexicographic order, ω = rank of the chosen among N trials / (N + 1), ties at their mean rank. */
  readonly logits: Float64Array;
  readonly meanLogit: number;
  /** Least-squares line of out-of-sample on in-sample Sharpe ratios of the chosen; `null` when the latter do not vary. */
  readonly slope: number | null;
  readonly intercept: number | null;
  /** Share of combinations whose chosen trial lost out of sample (Sharpe ratio < 0). */
  readonly probabilityOfLoss: number;
  /** Sharpe ratios per session of the chosen trial, [combination]. */
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
  /** Sessions at the start that no block holds, fewer than `blocks`. */
  readonly sessionsLeftOut: number;
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation: over all C(S, S/2) choices of half of the
 * `blocks`, how the trial with the best Sharpe ratio in them ranks in the other half.
 *
 * Blocks are summed once and combinations walked as a tree, so each costs O(trials) whatever their length. Ties go to the first trial;
 * a trial that does not vary over a half (idle) has Sharpe ratio 0 there. Labels that reach across blocks leak: make blocks much longer.
 *
 * @param returns [trial][session], fractions, nothing left out of what was tried
 * @throws InvariantError `BAD_TRIALS` when returns are missing, or blocks no even number from 2 to 24 of at least two sessions together in a half
 * @see Bailey, Borwein, López de Prado and Zhu (2017)
 */
export function backtestOverfitting(returns: TrialReturns, { blocks = 16 }: { readonly blocks?: number } = {}): BacktestOverfitting {
  const where = 'backtestOverfitting';
  const sessions = requireTrials(returns, where);
  if (!(Number.isInteger(blocks) && blocks >= 2 && blocks <= MOST_BLOCKS && blocks % 2 === 0)) throw badTrials(`expected an even number of blocks from 2 to ${MOST_BLOCKS}, found ${blocks}`, where, { blocks });
  const length = Math.floor(sessions / blocks);
  const half = (length * blocks) / 2;
  if (half < 2) throw badTrials(`expected at least 2 sessions in a half of ${blocks} blocks, found ${sessions} sessions in all`, where, { blocks, sessions });
  const first = sessions - length * blocks;
  const { logits, inSample, outOfSample } = judgeHalves(blockMoments(returns, { blocks, length, first }), { trials: returns.length, half });
  const share = (values: Float64Array, counts: (value: number) => boolean): number => values.filter(counts).length / values.length;
  return {
    probability: share(logits, (logit) => logit <= 0), strictProbability: share(logits, (logit) => logit < 0),
    logits, meanLogit: mean(logits), ...lineOf(inSample, outOfSample),
    probabilityOfLoss: share(outOfSample, (sharpe) => sharpe < 0),
    inSample, outOfSample, sessionsLeftOut: first,
  };
}

interface Judgements {
  readonly logits: Float64Array;
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
}

function judgeHalves({ centres, moments }: { readonly centres: Float64Array; readonly moments: readonly Moments[] }, { trials, half }: { readonly trials: number; readonly half: number }): Judgements {
  const total = emptyMoments(trials);
  for (const block of moments) combineMoments(total, total, block, 1);
  const rest = emptyMoments(trials);
  const [within, outside] = [new Float64Array(trials), new Float64Array(trials)];
  const combinations = choose(moments.length, moments.length / 2);
  const found = { logits: new Float64Array(combinations), inSample: new Float64Array(combinations), outOfSample: new Float64Array(combinations) };
  let at = 0;
  eachHalf(moments, trials, (chosen) => {
    combineMoments(rest, total, chosen, -1);
    sharpesOf(chosen, { centres, count: half, into: within });
    sharpesOf(rest, { centres, count: half, into: outside });
    const best = firstLargest(within);
    const rank = averageRankOf(outside, best);
    found.logits[at] = Math.log(rank / (trials + 1 - rank));
    found.inSample[at] = within[best];
    found.outOfSample[at++] = outside[best];
  });
  return found;
}

/** Sums over every choice of half of the blocks, in lexicographic order; a choice shares the sums of its first blocks with those beside it. */
function eachHalf(blocks: readonly Moments[], trials: number, judge: (chosen: Moments) => void): void {
  const size = blocks.length / 2;
  const partial = Array.from({ length: size + 1 }, () => emptyMoments(trials));
  const walk = (chosen: number, from: number): void => {
    if (chosen === size) return judge(partial[size]);
    for (let block = from; block <= blocks.length - (size - chosen); block++) {
      combineMoments(partial[chosen + 1], partial[chosen], blocks[block], 1);
      walk(chosen + 1, block + 1);
    }
  };
  walk(0, 0);
}

function firstLargest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** Rank from 1, the lowest; equals share the mean of their ranks. */
function averageRankOf(values: Float64Array, position: number): number {
  let [below, equal] = [0, 0];
  for (const value of values) {
    if (value < values[position]) below++;
    else if (value === values[position]) equal++;
  }
  return below + (equal + 1) / 2;
}

function lineOf(x: Float64Array, y: Float64Array): { slope: number | null; intercept: number | null } {
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, xy] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - meanX) ** 2;
    xy += (x[i] - meanX) * (y[i] - meanY);
  }
  if (!(xx > x.length * (8 * Number.EPSILON * meanX) ** 2)) return { slope: null, intercept: null };
  return { slope: xy / xx, intercept: meanY - (xy / xx) * meanX };
}

function choose(count: number, size: number): number {
  let ways = 1;
  for (let i = 1; i <= size; i++) ways = (ways * (count - size + i)) / i;
  return Math.round(ways);
}
