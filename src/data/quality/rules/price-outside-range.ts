import type { MutableBars, QualityRule, RawFinding } from '../finding.js';
import { findInBars } from '../scan.js';
import { percent, price } from '../words.js';

/** Relative rounding that a float32 or a printed price may carry. */
const ROUNDING = 1e-6;

/** Up to this fraction high and low are widened; beyond it one of the four is wrong and nobody can say which. */
const REPAIRABLE = 0.02;

/** An open or close above the high or below the low of its bar. */
export const priceOutsideRange: QualityRule = {
  name: 'price-outside-range',
  describe: 'open or close lies outside low to high; repair widens the range by up to 2 % and blanks the bar beyond that',
  defaultPolicy: 'repair',
  policies: ['keep', 'mask', 'repair'],
  find: (panel) =>
    findInBars(panel, ({ open, high, low, close }, cell) => {
      const top = high[cell];
      const bottom = low[cell];
      if (top < bottom) return null; // another rule's
      const excess = Math.max(outside(open[cell], bottom, top), outside(close[cell], bottom, top));
      if (!(excess > ROUNDING)) return null;
      return { detail: `expected open ${price(open[cell])} and close ${price(close[cell])} within ${price(bottom)} to ${price(top)}, found one outside by ${percent(excess)}`, value: excess };
    }),
  apply(bars, finding, policy) {
    if (policy === 'mask' || (policy === 'repair' && finding.value > REPAIRABLE)) bars.blank(finding.row, finding.from);
    else if (policy === 'repair') widen(bars, finding);
  },
};

/** Fraction by which a price lies outside; 0 when inside or missing. */
function outside(value: number, low: number, high: number): number {
  if (value > high) return value / high - 1;
  return value < low ? 1 - value / low : 0;
}

function widen(bars: MutableBars, { row, from }: Pick<RawFinding, 'row' | 'from'>): void {
  const cell = row * bars.sessionCount + from;
  const ends = [bars.writable('open')[cell], bars.writable('close')[cell]].filter((value) => !Number.isNaN(value));
  const high = bars.writable('high');
  const low = bars.writable('low');
  high[cell] = Math.max(high[cell], ...ends);
  low[cell] = Math.min(low[cell], ...ends);
}
