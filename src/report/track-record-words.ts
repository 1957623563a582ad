import type { TrackRecord } from '../recommendation/recommendation.js';
import { formatCount, formatPercent } from './format.js';

/** Fewer outcomes than this say nothing: independent ones would leave a share of one half open by ±18 points, and these are not. */
export const FEW = 30;

/** What the record can bear and what not, in sentences that follow its intervals. */
export function trackRecordWords({ trades, forecasts }: TrackRecord, promised: number): readonly string[] {
  return [tradeWords(trades), forecastWords(forecasts, promised)];
}

function tradeWords({ closed, entrySessions, meanInterval }: TrackRecord['trades']): string {
  if (closed === 0) return 'No trade has been closed yet: there is nothing to judge.';
  if (closed < FEW) return `${formatCount(closed, 'closed trade')}: too few to tell skill from luck.`;
  if (meanInterval === null) return `${formatCount(closed, 'closed trade')}, entered on ${formatCount(entrySessions, 'session')}: too short a time to tell skill from luck, as trades of neighbouring sessions share it.`;
  const [low, high] = meanInterval;
  if (low > 0) return `Over ${formatCount(closed, 'closed trade')} the mean return after costs was above zero, more than chance would do; the rise of the market is in it.`;
  return high < 0 ? `Over ${formatCount(closed, 'closed trade')} the mean return after costs was below zero, more than chance would do.` : `Over ${formatCount(closed, 'closed trade')} the mean return after costs is not distinguishable from zero.`;
}

function forecastWords({ matured, evenings, inInterval }: TrackRecord['forecasts'], promised: number): string {
  if (matured === 0) return 'No forecast has matured yet.';
  if (matured < FEW || inInterval.rate === null) return `${formatCount(matured, 'matured forecast')}: too few to judge the intervals.`;
  if (inInterval.interval === null) return `${formatCount(matured, 'matured forecast')} of ${formatCount(evenings, 'evening')}: too short a time to judge the intervals.`;
  const held = `Intervals held ${formatPercent(inInterval.rate, 0)} of ${formatCount(inInterval.of, 'outcome')}; ${formatPercent(promised, 0)} was promised`;
  const [low, high] = inInterval.interval;
  if (high < promised) return `${held}: they are too narrow.`;
  return low > promised ? `${held}: they are wider than need be.` : `${held}, which agrees.`;
}
