import { MIN_VALUES, rankOfLast, WIDEST, wideningWindow, windowSupport } from '../history/widening-window.js';
import { defineSignal } from './define-signal.js';
import { latestRealizedVolatility } from './realized-volatility.js';

/** Ranks in up to 252 sessions from which implied volatility counts as high or low. */
const HIGH = 0.8;
const LOW = 0.2;
/** Implied over realized from which options are dear, and below which they are cheap: on average implied is above. */
const DEAR = 1.25;
const CHEAP = 0.95;
/** Ratio, either way, at which the strength is full. */
const FULL = 2;
const MATURITY_DAYS = 30;
const REALIZED = 21;

export const ivVersusRealized = defineSignal(
  {
    name: 'iv-versus-realized',
    describe: 'Implied volatility is both high in its own range and well above what was realized, options being dear, or both low and below it, options being cheap.',
    family: 'iv-regime',
    horizon: 10,
    source: 'Goyal and Saretto (2009); Bollerslev, Tauchen and Zhou (2009); thresholds are own',
    needs: ['volatility30'],
    needsChain: false,
    minHistory: MIN_VALUES,
    lookback: WIDEST,
  },
  (view) => {
    const window = wideningWindow(view.column('volatility30'));
    if (window === null) return null;
    const [implied, rank, realized] = [window[window.length - 1], rankOfLast(window), latestRealizedVolatility(view.close, REALIZED)];
    const ratio = implied / realized;
    const isDear = rank >= HIGH && ratio >= DEAR;
    if (!(implied > 0 && realized > 0 && ratio < Infinity && (isDear || (rank <= LOW && ratio <= CHEAP)))) return null;
    return {
      direction: isDear ? 'neutral' : 'volatile',
      strength: Math.min(1, Math.abs(Math.log(ratio)) / Math.log(FULL)),
      confidence: windowSupport(window.length),
      facts: { implied: [implied, 'fraction'], realized: [realized, 'fraction'], ratio: [ratio, 'ratio'], rank: [rank, 'fraction'], sessions: [window.length, 'sessions'], maturity: [MATURITY_DAYS, 'days'], window: [REALIZED, 'sessions'] },
      text: `Implied volatility of {maturity} days is {implied}, {rank} of the way up its range of {sessions} sessions, and {ratio} times the {realized} realized in {window} sessions: options are ${isDear ? 'dear, prices may move less than is paid for' : 'cheap, prices may move more than is paid for'}.`,
    };
  },
);
