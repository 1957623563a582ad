import type { TrackRecord } from '../recommendation/recommendation.js';
import { formatCount, formatPercent } from './format.js';

/** Fewer outcomes than this say nothing: the interval of a share of one half is wider than ±18 points. */
export const FEW = 30;

/** What the record can bear and what not, in sentences that follow its intervals. */
export function trackRecordWords({ trades, forecasts }: TrackRecord, promised: number): readonly string[] {
  return [tradeWords(trades), forecastWords(forecasts, promised)];
}

function tradeWords({ closed, meanInterval }: TrackRecord['trades']): string {
  if (closed === 0) return 'No trade has been closed yet: there is nothing to judge.';
  if (closed < FEW || meanInterval === null) return `${formatCount(closed, 'closed trade')}: too few to tell skill from luck.`;
  const [low, high] = meanInterval;
  if (low > 0) return `Over ${formatCount(closed, 'closed trade')} the mean return after costs was above zero, more than chance would do.`;
  return high < 0 ? `Over ${formatCount(closed, 'closed trade')} the mean return after costs was below zero, more than chance would do.` : `Over ${formatCount(closed, 'closed trade')} the mean return after costs is not distinguishable from zero.`;
}

function forecastWords({ matured, inInterval }: TrackRecord['forecasts'], promised: number): string {
  if (matured === 0) return 'No forecast has matured yet.';
  if (matured < FEW || inInterval.interval === null || inInterval.rate === null) return `${formatCount(matured, 'matured forecast')}: too few to judge the intervals.`;
  const held = `Intervals held ${formatPercent(inInterval.rate, 0)} of ${formatCount(inInterval.of, 'outcome')}; ${formatPercent(promised, 0)} was promised`;
  const [low, high] = inInterval.interval;
  if (high < promised) return `${held}: they are too narrow.`;
  return low > promised ? `${held}: they are wider than need be.` : `${held}, which agrees.`;
}
