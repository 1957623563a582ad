import { MIN_VALUES, windowSupport } from '../history/widening-window.js';
import { defineSignal } from './define-signal.js';
import { IV_REGIMES_LOOKBACK, ivRegimes, type IvRegimes } from './iv-regimes.js';

/** Chance from which a state is taken for the one that holds. */
const SURE = 0.8;
/** Sessions back in which another state must have held for this to be a change. */
const RECENT = 5;
/** Means of the states at least this far apart, as a ratio of volatilities, and the ratio at which the strength is full. */
const MIN_RATIO = 1.15;
const FULL_RATIO = 1.6;
const MATURITY_DAYS = 30;

export const ivRegimeChange = defineSignal(
  {
    name: 'iv-regime-change',
    describe: 'Implied volatility has gone over to another state of a hidden Markov model, fitted weekly to what was known, on this session: a higher one means more movement, a lower one less.',
    family: 'iv-regime',
    horizon: 10,
    source: 'Hamilton (1989); Baum, Petrie, Soules and Weiss (1970)',
    needs: ['volatility30'],
    needsChain: false,
    minHistory: MIN_VALUES + 2,
    lookback: IV_REGIMES_LOOKBACK,
  },
  (view) => {
    const regimes = ivRegimes(view);
    const change = regimes && latestChange(regimes);
    if (regimes === null || change === null) return null;
    const { model } = regimes;
    const [level, before] = [model.mean[2 * change.to], model.mean[2 * change.from]].map(Math.exp);
    const ratio = Math.abs(Math.log(level / before));
    const volatility = view.column('volatility30')[view.length - 1];
    if (!(ratio >= Math.log(MIN_RATIO) && volatility > 0 && volatility < Infinity)) return null;
    return {
      direction: level > before ? 'volatile' : 'neutral',
      strength: Math.min(1, ratio / Math.log(FULL_RATIO)),
      confidence: change.chance * windowSupport(model.count),
      facts: { volatility: [volatility, 'fraction'], level: [level, 'fraction'], before: [before, 'fraction'], chance: [change.chance, 'fraction'], states: [model.states, 'count'], sessions: [model.count, 'sessions'], maturity: [MATURITY_DAYS, 'days'] },
      text: 'Implied volatility of {maturity} days, now {volatility}, has gone over from a state around {before} to one around {level}, with a chance of {chance} by what is known, in a model of {states} states fitted to {sessions} sessions.',
    };
  },
);

/** A state that is sure at the last session and was not at the one before, while another was not long ago. */
function latestChange({ model: { states }, chances, length }: IvRegimes): { from: number; to: number; chance: number } | null {
  const sureAt = (t: number): number => chances.subarray(t * states, (t + 1) * states).findIndex((chance) => chance >= SURE);
  const to = sureAt(length - 1);
  if (to < 0) return null;
  for (let t = length - 2; t >= Math.max(0, length - 1 - RECENT); t--) {
    const from = sureAt(t);
    if (from === to) return null;
    if (from >= 0) return { from, to, chance: chances[(length - 1) * states + to] };
  }
  return null;
}
