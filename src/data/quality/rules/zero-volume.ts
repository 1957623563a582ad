import type { QualityRule } from '../finding.js';
import { findInBars } from '../scan.js';

/** A bar with prices on which no share traded. */
export const zeroVolume: QualityRule = {
  name: 'zero-volume',
  describe: 'a bar has prices but no volume: nothing could have been bought or sold there',
  defaultPolicy: 'keep',
  policies: ['keep', 'mask'],
  find: (panel) =>
    findInBars(panel, ({ volume, close }, cell) => (volume[cell] === 0 && close[cell] > 0 ? { detail: 'expected some volume, found 0 shares', value: 0 } : null)),
};
