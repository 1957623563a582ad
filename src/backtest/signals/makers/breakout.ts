import { max, min } from '../../../indicators/rolling/minmax.js';
import { barCount, type SignalMaker } from './signal-maker.js';

export const breakout: SignalMaker = {
  name: 'breakout',
  describe: 'enters where a close is above the highest price of the bars before it, leaves where one is below the lowest',
  source: 'Donchian (1960)',
  params: { entry: barCount('bars whose high is to be exceeded', 2), exit: barCount('bars whose low is to be undercut', 2) },
  make({ high, low, close }, { entry, exit }, windows, { entries, exits }) {
    const highest = windows.of('highest', entry, (bars) => max(high, bars));
    const lowest = windows.of('lowest', exit, (bars) => min(low, bars));
    for (let t = 1; t < close.length; t++) {
      if (close[t] > highest[t - 1]) entries[t] = 1;
      if (close[t] < lowest[t - 1]) exits[t] = 1;
    }
  },
};
