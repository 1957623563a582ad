import type { MutableBars, QualityRule, RawFinding } from '../finding.js';
import { findInBars } from '../scan.js';
import { price } from '../words.js';

/** A high below the low of its bar. */
export const highBelowLow: QualityRule = {
  name: 'high-below-low',
  describe: 'the high is below the low; repair exchanges them',
  defaultPolicy: 'mask',
  policies: ['keep', 'mask', 'repair'],
  find: (panel) =>
    findInBars(panel, ({ high, low }, cell) => {
      if (!(high[cell] < low[cell])) return null;
      return { detail: `expected a high of at least the low ${price(low[cell])}, found ${price(high[cell])}`, value: high[cell] / low[cell] - 1 };
    }),
  apply(bars, finding, policy) {
    if (policy === 'mask') bars.blank(finding.row, finding.from);
    if (policy === 'repair') exchange(bars, finding);
  },
};

function exchange(bars: MutableBars, { row, from }: Pick<RawFinding, 'row' | 'from'>): void {
  const cell = row * bars.sessionCount + from;
  const high = bars.writable('high');
  const low = bars.writable('low');
  const greater = low[cell];
  low[cell] = high[cell]!;
  high[cell] = greater;
}
