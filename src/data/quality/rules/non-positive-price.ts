import type { QualityRule } from '../finding.js';
import { findInBars } from '../scan.js';

/** A price that is zero, negative or infinite. */
export const nonPositivePrice: QualityRule = {
  name: 'non-positive-price',
  describe: 'a price is zero, negative or infinite',
  defaultPolicy: 'mask',
  policies: ['keep', 'mask'],
  find: (panel) =>
    findInBars(panel, ({ open, high, low, close }, cell) => {
      const lowest = Math.min(worst(open[cell]), worst(high[cell]), worst(low[cell]), worst(close[cell]));
      if (lowest > 0) return null;
      return { detail: `expected prices above zero, found open ${open[cell]}, high ${high[cell]}, low ${low[cell]}, close ${close[cell]}`, value: lowest };
    }),
};

/** The price, 1 when missing, −∞ when infinite. */
function worst(value: number): number {
  if (Number.isNaN(value)) return 1;
  return value === Infinity ? -Infinity : value;
}
