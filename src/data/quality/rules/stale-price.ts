import type { QualityRule, RawFinding } from '../finding.js';
import { barColumns } from '../series.js';
import { price } from '../words.js';

/** Sessions in a row that make a price stale. */
const RUN = 5;

/**
 * The same open, high, low and close again and again: one finding for every five sessions, known at the fifth.
 *
 * A run of seven is therefore reported as its first five; what is reported never depends on how the run goes on.
 */
export const stalePrice: QualityRule = {
  name: 'stale-price',
  describe: 'open, high, low and close are the same five sessions in a row: an old price carried on',
  defaultPolicy: 'keep',
  policies: ['keep', 'mask'],
  find(panel) {
    const { open, high, low, close } = barColumns(panel);
    const width = panel.sessions.length;
    const findings: RawFinding[] = [];
    for (let row = 0; row < panel.symbols.length; row++) {
      let run = 0;
      for (let t = 0, cell = row * width; t < width; t++, cell++) {
        const same = t > 0 && close[cell] === close[cell - 1] && open[cell] === open[cell - 1] && high[cell] === high[cell - 1] && low[cell] === low[cell - 1];
        run = same ? run + 1 : 1;
        if (run % RUN === 0) findings.push({ row, from: t - RUN + 1, to: t, knownAt: t, detail: `expected prices that move, found ${price(close[cell])} unchanged for ${run} sessions`, value: run });
      }
    }
    return findings;
  },
};
