import type { Interval, ScoreEvaluation, SeriesSummary } from '../../evaluation/score-evaluation.js';
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from '../format.js';

/** What scores were worth in one paragraph: figures first, then what they can and cannot bear. */
export function evaluationWords(evaluation: ScoreEvaluation): string {
  const { rankIc } = evaluation;
  if (rankIc.mean === null) return `No session could be evaluated: ${leftOutWords(evaluation).join(', ') || 'there are none'}.`;
  return [headline(evaluation), steadiness(evaluation), spreadWords(evaluation), decayWords(evaluation), turnoverWords(evaluation)].filter((sentence) => sentence !== null).join(' ');
}

/** Sessions left out with their reasons, one text a reason; empty where there are none. */
export function leftOutWords({ leftOut, minNames }: ScoreEvaluation): readonly string[] {
  const reasons = [
    [leftOut.withoutScores, 'without scores'], [leftOut.tooFewScores, `with fewer than ${minNames} names with a score`],
    [leftOut.tooFewLabels, `with fewer than ${minNames} names with score and label`], [leftOut.constant, 'with equal scores or labels throughout'],
  ] as const;
  return reasons.filter(([count]) => count > 0).map(([count, reason]) => `${formatCount(count, 'session')} ${reason}`);
}

function headline({ rankIc }: ScoreEvaluation): string {
  const t = rankIc.t === null ? '' : `, Newey–West t ${formatNumber(rankIc.t, 1)}`;
  return `Rank IC ${formatNumber(rankIc.mean!, 3)} over ${formatCount(rankIc.sessions, 'session')}${intervalWords(rankIc, (value) => formatNumber(value, 3))}${t}: ${verdict(rankIc)}.`;
}

/** Follows the interval, so that words never say more than it. */
function verdict({ interval }: SeriesSummary): string {
  if (interval === null) return 'too few sessions to tell it from chance';
  if (isAbove(interval)) return 'higher scores went with higher labels, more than chance would do';
  return interval[1] < 0 ? 'higher scores went with lower labels, more than chance would do' : 'not distinguishable from chance';
}

function steadiness({ rankIc, byYear }: ScoreEvaluation): string {
  const years = byYear.filter((one) => one.rankIc.mean !== null);
  const positive = years.filter((one) => one.rankIc.mean! > 0).length;
  const ofYears = years.length > 1 ? ` and in ${positive} of ${years.length} calendar years` : '';
  return `It was positive on ${formatPercent(rankIc.positive!, 0)} of sessions${ofYears}.`;
}

function spreadWords({ quantiles, horizon }: ScoreEvaluation): string | null {
  const spread = quantiles.spread.return;
  if (spread.mean === null) return null;
  return `The top of ${quantiles.count} quantiles returned ${formatSignedPercent(spread.mean, 2)} against the bottom over ${formatCount(horizon, 'session')}, before costs${intervalWords(spread, (value) => formatSignedPercent(value, 2))}.`;
}

function decayWords({ decay }: ScoreEvaluation): string | null {
  const known = decay.filter(({ rankIc }) => rankIc.mean !== null);
  if (known.length < 2) return null;
  const best = known.reduce((a, b) => (b.rankIc.mean! > a.rankIc.mean! ? b : a));
  return `Of the horizons compared, rank IC was highest over ${formatCount(best.horizon, 'session')}, at ${formatNumber(best.rankIc.mean!, 3)}.`;
}

function turnoverWords({ change }: ScoreEvaluation): string | null {
  const daily = change.find(({ lag }) => lag === 1);
  if (!daily || daily.turnover === null) return null;
  return `From one session to the next ${formatPercent(daily.turnover, 0)} of the top quantile was replaced.`;
}

function intervalWords({ interval }: SeriesSummary, text: (value: number) => string): string {
  return interval === null ? '' : ` (95% ${text(interval[0])} to ${text(interval[1])})`;
}

function isAbove([low]: Interval): boolean {
  return low > 0;
}
