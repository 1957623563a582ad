import type { MutableBars, QualityRule, RawFinding } from '../finding.js';
import { barColumns } from '../series.js';
import { price } from '../words.js';

/** Sessions in a row that make a price stale. */
const RUN = 5;

/**
 * The same open, high, low and close again and again: one finding for every five sessions, known at the fifth.
 *
 * A run of seven is therefore reported as its first five; what is reported never depends on how the run goes on.
 *
 * mask: bars are blanked from the fifth on, as long as the price stays the same. The four before had their prices when
 * decisions were made on them, and keep them.
 */
export const stalePrice: QualityRule = {
  name: 'stale-price',
  describe: 'open, high, low and close are the same five sessions in a row: an old price carried on; mask blanks the bars from the fifth on',
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
  apply(bars, { row, to }, policy) {
    if (policy === 'mask') blankFrom(bars, row, to);
  },
};

/** Blanks a bar and those after it with the same prices; of a bar it matters only what came before. */
function blankFrom(bars: MutableBars, row: number, from: number): void {
  const columns = ['open', 'high', 'low', 'close'].map((name) => bars.writable(name));
  const start = row * bars.sessionCount;
  const stale = columns.map((values) => values[start + from]);
  for (let t = from; t < bars.sessionCount && columns.every((values, i) => values[start + t] === stale[i]); t++) bars.blank(row, t);
}
