import type { Insight } from '../models/forecaster.js';
import type { Evidence } from '../strategy/evidence.js';

/** The sessions that are told of: a week. */
const LAST = 5;
/** Neighbours named. */
const NAMED = 3;

/** What a network looked at in foretelling one sample: how much of its attention the last sessions had, and whom it heard. */
export function insightRemarks({ attention, past, neighbours, fromOthers }: Insight, at: number, symbols: readonly string[]): Evidence[] {
  const last = Math.min(LAST, past);
  const share = attention.subarray((at + 1) * past - last, (at + 1) * past).reduce((sum, weight) => sum + weight, 0);
  const heard = neighbours[at].slice(0, NAMED);
  const looked: Evidence[] = Number.isFinite(share) && past > last ? [{ code: 'network-sessions', values: { sessions: last, share, window: past } }] : [];
  if (heard.length === 0) return looked;
  const names = heard.map(({ row }) => symbols[row]).join(', ');
  return [...looked, { code: 'network-neighbours', values: { names, share: heard.reduce((sum, { weight }) => sum + weight, 0), effect: fromOthers[at] } }];
}
