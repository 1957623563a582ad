import { htDcperiod, htDcphase, htPhasor, htSine, htTrendline, htTrendmode } from '../cycle/hilbert.js';
import { CYCLE_LOOKBACK, PHASE_LOOKBACK } from '../cycle/measure.js';
import { indicator, type Indicator } from '../indicator.js';

const SMOOTHING = "Ehlers's truncated Hilbert transform and exponential averages, all from 0";
const measured = { inputs: ['close'], parameters: {}, smoothing: SMOOTHING, memory: 'unbounded', reference: 'Ehlers (2001)', lookback: () => CYCLE_LOOKBACK } as const;
const phased = { ...measured, lookback: () => PHASE_LOOKBACK } as const;

export const CYCLE: readonly Indicator[] = [
  indicator({ name: 'HT_DCPERIOD', call: 'htDcperiod', title: 'period of the dominant cycle', group: 'cycle', ...measured, compute: ({ close }) => htDcperiod(close) }),
  indicator({ name: 'HT_DCPHASE', call: 'htDcphase', title: 'phase of the dominant cycle', group: 'cycle', ...phased, compute: ({ close }) => htDcphase(close) }),
  indicator({ name: 'HT_PHASOR', call: 'htPhasor', title: 'phasor components', group: 'cycle', ...measured, outputs: ['inPhase', 'quadrature'], compute: ({ close }) => htPhasor(close) }),
  indicator({ name: 'HT_SINE', call: 'htSine', title: 'sine wave', group: 'cycle', ...phased, outputs: ['sine', 'leadSine'], compute: ({ close }) => htSine(close) }),
  indicator({ name: 'HT_TRENDMODE', call: 'htTrendmode', title: 'trend (1) or cycle (0) mode', group: 'cycle', ...phased, compute: ({ close }) => htTrendmode(close) }),
  indicator({ name: 'HT_TRENDLINE', call: 'htTrendline', title: 'instantaneous trendline', group: 'overlap', ...phased, compute: ({ close }) => htTrendline(close) }),
];
