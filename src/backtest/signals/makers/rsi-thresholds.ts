import { rsi } from '../../../indicators/momentum/rsi.js';
import { markLevelCrossings } from './crossings.js';
import { barCount, type SignalMaker } from './signal-maker.js';

const level = (describe: string) => ({ describe, least: 0, most: 100, isWhole: false });

export const rsiThresholds: SignalMaker = {
  name: 'rsi-thresholds',
  describe: 'enters where the relative strength index falls below one level, leaves where it rises above another',
  source: 'Wilder (1978)',
  params: { period: barCount('bars of the index', 2), below: level('level of an entry'), above: level('level of an exit') },
  conflict: ({ below, above }) => (below < above ? null : `expected below less than above, found ${below} and ${above}`),
  make({ close }, { period, below, above }, windows, { entries, exits }) {
    const index = windows.of('rsi', period, (bars) => rsi(close, bars));
    markLevelCrossings(index, below, -1, entries);
    markLevelCrossings(index, above, 1, exits);
  },
};
