import type { MutableBars, QualityRule, RawFinding } from '../finding.js';
import { forEachSeries, type BarSeries } from '../series.js';
import { MIN_HISTORY, usualReturn } from '../usual.js';
import { percent } from '../words.js';

/** Smallest distance of a wild high or low, as a fraction of price in logs and in usual daily returns. */
const MIN_DISTANCE = 0.2;
const MIN_USUALS = 15;

/**
 * A high or low far from open, close and the close before, while these agree: a mistyped or cancelled trade.
 *
 * Trades of a flash crash look the same and were real, so that the default is to say so and leave them.
 */
export const wildRange: QualityRule = {
  name: 'wild-range',
  describe: 'a high or low lies over 20 % and 15 usual moves from open, close and the close before; repair cuts it to open and close',
  defaultPolicy: 'keep',
  policies: ['keep', 'mask', 'repair'],
  find(panel) {
    const findings: RawFinding[] = [];
    forEachSeries(panel, (series, row) => {
      for (let j = MIN_HISTORY; j < series.count; j++) {
        const distance = wildness(series, j);
        if (distance < MIN_DISTANCE || distance < MIN_USUALS * usualReturn(series, j)) continue;
        const t = series.at[j];
        findings.push({ row, from: t, to: t, knownAt: t, detail: `expected high and low near open and close, found one ${percent(Math.expm1(distance))} away`, value: Math.expm1(distance) });
      }
    });
    return findings;
  },
  apply(bars, finding, policy) {
    if (policy === 'mask') bars.blank(finding.row, finding.from);
    if (policy === 'repair') cut(bars, finding);
  },
};

/** Log distance of the high or low, whichever is further, from open, close and the close before; 0 when the open is missing. */
function wildness(series: BarSeries, j: number): number {
  const open = series.open[j];
  const close = series.close[j];
  const before = series.close[j - 1];
  const low = series.low[j];
  const high = series.high[j];
  // nearly all bars are decided without a logarithm
  if (!(open > 0) || (high < 1.2 * close && close < 1.2 * low)) return 0;
  return Math.max(Math.log(high / Math.max(open, close, before)), Math.log(Math.min(open, close, before) / low));
}

function cut(bars: MutableBars, { row, from }: Pick<RawFinding, 'row' | 'from'>): void {
  const cell = row * bars.sessionCount + from;
  const open = bars.writable('open')[cell];
  const close = bars.writable('close')[cell];
  bars.writable('high')[cell] = Math.max(open, close);
  bars.writable('low')[cell] = Math.min(open, close);
}
