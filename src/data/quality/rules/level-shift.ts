import type { MutableBars, QualityRule, RawFinding } from '../finding.js';
import { findJumps, stays } from '../jump.js';
import { percentOfLog } from '../words.js';

/** New shares for one old share in ordinary splits. */
const SPLITS = [3 / 2, 2, 5 / 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50];

/** How far from a split's ratio the open may lie for the split to be believed. */
const SPLIT_TOLERANCE = 0.02;

/**
 * A price level that changes for good without the trading that news brings: a split, spin-off or large distribution that
 * the prices were not adjusted for. Known at the next bar, when it has not come back.
 *
 * mask: the column `segment` counts the breaks of a symbol up to each session, so that windows across one can be refused;
 * history stays. repair: prices before the break are multiplied by the ratio (volumes divided, when it is a split's).
 */
export const levelShift: QualityRule = {
  name: 'level-shift',
  describe: 'a suspected split, spin-off or distribution without adjustment; mask counts it in the column segment, repair scales the bars before',
  defaultPolicy: 'mask',
  policies: ['keep', 'mask', 'repair'],
  find: (panel) =>
    findJumps(panel)
      .filter(stays)
      .map(({ row, session, change, opening, volumeRatio, next }) => {
        const ratio = nearestSplit(Math.exp(opening)) ?? Math.exp(opening);
        const detail = `expected trading that explains ${percentOfLog(change)}, found ${volumeRatio.toFixed(1)} times the usual volume and ${percentOfLog(next!.close)} left at the next bar: prices before it may need the factor ${ratio.toFixed(4)}`;
        return { row, from: session, to: session, knownAt: next!.session, detail, value: ratio };
      }),
  apply(bars, finding, policy) {
    if (policy === 'mask') startSegment(bars, finding);
    if (policy === 'repair') rescale(bars, finding);
  },
};

/** The price ratio of an ordinary split or reverse split that is near, or `null`. */
function nearestSplit(ratio: number): number | null {
  for (const split of SPLITS) {
    if (Math.abs(ratio * split - 1) <= SPLIT_TOLERANCE) return 1 / split;
    if (Math.abs(ratio / split - 1) <= SPLIT_TOLERANCE) return split;
  }
  return null;
}

type Break = Pick<RawFinding, 'row' | 'from' | 'value'>;

function startSegment(bars: MutableBars, { row, from }: Break): void {
  const segment = bars.writable('segment');
  const end = (row + 1) * bars.sessionCount;
  for (let cell = row * bars.sessionCount + from; cell < end; cell++) segment[cell]++;
}

function rescale(bars: MutableBars, { row, from, value: ratio }: Break): void {
  const start = row * bars.sessionCount;
  for (const name of bars.priceColumns) {
    const values = bars.writable(name);
    for (let cell = start; cell < start + from; cell++) values[cell] *= ratio;
  }
  if (nearestSplit(ratio) !== ratio) return;
  const volume = bars.writable('volume');
  for (let cell = start; cell < start + from; cell++) volume[cell] /= ratio;
}
