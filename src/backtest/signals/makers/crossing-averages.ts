import { ema } from '../../../indicators/overlap/ema.js';
import { sma } from '../../../indicators/overlap/sma.js';
import { markCrossings } from './crossings.js';
import { barCount, type SignalMaker } from './signal-maker.js';

type Average = (close: Float64Array, window: number) => Float64Array;

function crossing(name: string, describe: string, average: Average): SignalMaker {
  return {
    name,
    describe,
    source: null,
    params: { fast: barCount('bars of the fast average'), slow: barCount('bars of the slow average', 2) },
    conflict: ({ fast, slow }) => (fast < slow ? null : `expected fast below slow, found ${fast} and ${slow}`),
    make({ close }, { fast, slow }, windows, into) {
      const of = (window: number): Float64Array => windows.of(name, window, (bars) => average(close, bars));
      markCrossings(of(fast), of(slow), into);
    },
  };
}

export const crossingAverages = crossing('crossing-averages', 'enters where the fast simple average of closes rises above the slow one, leaves where it falls below', sma);

export const crossingExponentials = crossing('crossing-exponentials', 'the same by exponential averages', ema);
