import { EXTREME_SHARES } from '../history/extreme-shares.js';
import { MIN_VALUES, shareBelowLast, WIDEST, wideningWindow, windowSupport } from '../history/widening-window.js';
import type { SummaryColumn } from '../summary/columns.js';
import { calmOrStressed } from './calm-or-stressed.js';
import { defineSignal, type Finding } from './define-signal.js';
import type { OptionsSignal } from './signal.js';
import type { OptionsView } from './view.js';

const { low: LOW, high: HIGH } = EXTREME_SHARES;
/** Contracts below which a ratio is noise. */
const MIN_CONTRACTS = 200;

interface Counting {
  readonly by: 'volume' | 'open-interest';
  readonly puts: SummaryColumn;
  readonly calls: SummaryColumn;
  readonly words: string;
  readonly horizon: number;
}

/** Ratio of puts to calls far out in its own window, read against the crowd in calm markets and with it in stressed ones. */
function putCallExtreme({ by, puts, calls, words, horizon }: Counting): OptionsSignal {
  return defineSignal(
    {
      name: `put-call-${by}-extreme`,
      describe: `Puts over calls by ${words} among the highest or lowest 5 % of up to 252 sessions: against the crowd where implied volatility is in its low state, with it in its high state, silent between.`,
      family: 'put-call',
      horizon,
      source: 'Pan and Poteshman (2006), informed trading follows the ratio; contrary reading: practitioners, Billingsley and Chance (1988); the switch by regime is an own rule',
      needs: [puts, calls, 'isMixed', 'volatility30'],
      needsChain: false,
      minHistory: MIN_VALUES,
      lookback: WIDEST,
    },
    (view) => extremeOf(view, { puts, calls, words }),
  );
}

function extremeOf(view: OptionsView, { puts, calls, words }: Pick<Counting, 'puts' | 'calls' | 'words'>): Finding | null {
  const [put, call] = [view.comparable(puts), view.comparable(calls)];
  const last = view.length - 1;
  if (!(put[last] + call[last] >= MIN_CONTRACTS)) return null;
  const window = wideningWindow(put.map((value, t) => value / call[t]));
  const mood = calmOrStressed(view);
  if (window === null || mood === null || mood.mood === 'unclear') return null;
  const share = shareBelowLast(window);
  // all values equal are no extreme, though none is below
  if (share < HIGH && !(share < LOW && window.some((value) => value > window[window.length - 1]))) return null;
  const feared = share >= HIGH;
  const up = feared === (mood.mood === 'calm');
  const depth = feared ? (share - HIGH) / (1 - HIGH) : (LOW - share) / LOW;
  const certainty = Math.abs(2 * mood.stress - 1);
  return {
    direction: up ? 'up' : 'down',
    strength: (up ? 1 : -1) * (0.5 + 0.5 * depth),
    confidence: windowSupport(window.length) * certainty,
    facts: { ratio: [window[window.length - 1], 'ratio'], share: [share, 'fraction'], sessions: [window.length, 'sessions'], stress: [mood.stress, 'fraction'], puts: [put[last], 'contracts'], calls: [call[last], 'contracts'] },
    text: `Puts are {ratio} times calls by ${words}, more than on {share} of the last {sessions} sessions; the chance of the high state of implied volatility is {stress}, ${mood.mood === 'calm' ? 'and in calm markets such extremes are read against the crowd' : 'and in stressed markets such extremes are read with the crowd'}.`,
  };
}

export const putCallVolumeExtreme = putCallExtreme({ by: 'volume', puts: 'putVolume', calls: 'callVolume', words: 'volume', horizon: 5 });

export const putCallOpenInterestExtreme = putCallExtreme({ by: 'open-interest', puts: 'putOpenInterest', calls: 'callOpenInterest', words: 'open interest', horizon: 10 });
