import { formatSignedPercent } from './format.js';
import { html, type Html } from './html.js';

const round = (value: number): number => Math.round(value * 10) / 10;

/** Close prices as a small line without axes, 96 × 26; `null` leaves a gap. Decorative: the numbers stand beside it. */
export function sparkline(closes: readonly (number | null)[]): Html | null {
  const known = closes.filter((close) => close !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  let pen = 'M';
  const path = closes.map((close, i) => {
    if (close === null) {
      pen = 'M';
      return '';
    }
    const point = `${pen}${round(2 + (i / (closes.length - 1)) * 92)} ${round(24 - ((close - low) / span) * 22)}`;
    pen = 'L';
    return point;
  }).join('');
  return html`<svg class="spark" viewBox="0 0 96 26" width="96" height="26" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`;
}

/** A scale shared by all range bars of a page, so that bars can be compared by eye. */
export interface RangeScale {
  readonly low: number;
  readonly high: number;
}

/** The smallest scale that holds zero and every interval. */
export function rangeScale(intervals: readonly (readonly [number, number] | null)[]): RangeScale {
  const ends = intervals.flatMap((interval) => (interval ? [...interval] : [])).filter(Number.isFinite);
  return { low: Math.min(0, ...ends), high: Math.max(0, ...ends) };
}

/** An expected return (dot) in its interval (bar) with a tick at zero, 120 × 14. */
export function rangeBar(expected: number, [low, high]: readonly [number, number], scale: RangeScale): Html {
  const at = (value: number): number => round(4 + ((value - scale.low) / (scale.high - scale.low || 1)) * 112);
  const label = `expected ${formatSignedPercent(expected)}, interval ${formatSignedPercent(low)} to ${formatSignedPercent(high)}`;
  return html`<svg class="range" viewBox="0 0 120 14" width="120" height="14" role="img" aria-label="${label}" focusable="false"><line class="zero" x1="${at(0)}" x2="${at(0)}" y1="0" y2="14"/><rect x="${at(low)}" y="5" width="${round(Math.max(1, at(high) - at(low)))}" height="4" rx="2"/><circle cx="${at(expected)}" cy="7" r="3.5"/></svg>`;
}

/** A share (dot) in its interval (bar) on a line from 0 to 1, with a tick at what it is compared with, 120 × 14. */
export function shareBar(rate: number, [low, high]: readonly [number, number], mark: number): Html {
  const at = (value: number): number => round(4 + Math.min(1, Math.max(0, value)) * 112);
  return html`<svg class="range share" viewBox="0 0 120 14" width="120" height="14" aria-hidden="true" focusable="false"><line class="axis" x1="4" x2="116" y1="7" y2="7"/><line class="zero" x1="${at(mark)}" x2="${at(mark)}" y1="0" y2="14"/><rect x="${at(low)}" y="5" width="${round(Math.max(1, at(high) - at(low)))}" height="4" rx="2"/><circle cx="${at(rate)}" cy="7" r="3.5"/></svg>`;
}
