import type { QualityRule } from '../finding.js';
import { findInBars, isEmpty } from '../scan.js';

/** A bar with some, but not all, of open, high, low and close. */
export const incompleteBar: QualityRule = {
  name: 'incomplete-bar',
  describe: 'some of open, high, low, close are missing; kept, the missing ones stay missing and are never filled in',
  defaultPolicy: 'keep',
  policies: ['keep', 'mask'],
  find: (panel) =>
    findInBars(panel, (bars, cell) => {
      const sum = bars.open[cell] + bars.high[cell] + bars.low[cell] + bars.close[cell];
      if (!Number.isNaN(sum) || isEmpty(bars, cell)) return null;
      const missing = (['open', 'high', 'low', 'close'] as const).filter((name) => Number.isNaN(bars[name][cell]));
      // infinities of both signs also sum to NaN: not missing
      return missing.length === 0 ? null : { detail: `expected open, high, low and close, found no ${missing.join(', ')}`, value: missing.length };
    }),
};
