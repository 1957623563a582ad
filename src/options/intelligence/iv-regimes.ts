import { MIN_VALUES } from '../history/widening-window.js';
import { fitHiddenMarkov } from '../regime/fit-hidden-markov.js';
import { filterStates, OBSERVED, type HiddenMarkov } from '../regime/hidden-markov.js';
import type { OptionsView } from './view.js';

/** Sessions that a model is fitted to at most. */
const FIT_WINDOW = 504;
/** Sessions of a week. */
const WEEK = 5;
/** Sessions that regimes are read from at most: those fitted to, the one before the first change, and the week since. */
export const IV_REGIMES_LOOKBACK = FIT_WINDOW + 1 + WEEK;
/** States tried; the one with the smallest criterion of Schwarz (1978) is kept. */
const STATES = [1, 2, 3] as const;

/** What is known of the regimes of 30-day implied volatility at the session of a view. */
export interface IvRegimes {
  /** Fitted to sessions of earlier weeks only; two or three states. */
  readonly model: HiddenMarkov;
  /** Chance of each state at the sessions from the first that was fitted to that of the view, by what was known then under this model, [session, state]. */
  readonly chances: Float64Array;
  /** Sessions of `chances`. */
  readonly length: number;
}

/**
 * Regimes of implied volatility by a hidden Markov model of its logarithm and the change of that; `null` without 40 observed sessions in
 * earlier weeks, or where one state describes them better.
 *
 * Fitted anew on the first session of each week, to the 504 sessions before it at most, so that the fit of a session does not depend on when
 * the history begins once that is long enough. Between, and after, only the forward filter runs.
 */
export function ivRegimes(view: OptionsView): IvRegimes | null {
  return view.derive('iv regimes', () => {
    const anchor = lastOfEarlierWeek(view.sessions);
    if (anchor < 0) return null;
    const from = firstObserved(view, Math.max(0, anchor + 1 - FIT_WINDOW));
    if (from > anchor) return null;
    const observations = observationsFrom(view, from);
    const model = view.deriveUntil(`hidden Markov model of implied volatility from ${view.sessions[from]}`, view.sessions[anchor], () => bestModel(observations.slice(0, OBSERVED * (anchor + 1 - from))));
    return model === null ? null : { model, chances: filterStates(model, observations).chances, length: view.length - from };
  });
}

/** Position of the last session of a week before that of the last session, −1 where there is none. */
function lastOfEarlierWeek(sessions: Int32Array): number {
  const week = (t: number): number => Math.floor((sessions[t] + 3) / 7); // day 0 was a Thursday, weeks begin on Mondays
  let t = sessions.length - 1;
  while (t >= 0 && week(t) === week(sessions.length - 1)) t--;
  return t;
}

/** The first position from `start` on whose volatility and that before it are known; what lies before says nothing of the states. */
function firstObserved(view: OptionsView, start: number): number {
  const volatility = view.column('volatility30');
  let t = Math.max(1, start);
  while (t < view.length && !(volatility[t] > 0 && volatility[t - 1] > 0)) t++;
  return t;
}

/** Logarithm and its change since the session before, [session, 2]; NaN unless both are known. */
function observationsFrom(view: OptionsView, from: number): Float64Array {
  const volatility = view.column('volatility30');
  const result = new Float64Array(OBSERVED * (view.length - from)).fill(Number.NaN);
  for (let t = from; t < view.length; t++) {
    const [now, change] = [Math.log(volatility[t]), Math.log(volatility[t] / volatility[t - 1])];
    if (Number.isFinite(now) && Number.isFinite(change)) result.set([now, change], OBSERVED * (t - from));
  }
  return result;
}

/** `null` where a model of one state, or none, is best. */
function bestModel(observations: Float64Array): HiddenMarkov | null {
  if (observations.filter(Number.isFinite).length < OBSERVED * MIN_VALUES) return null;
  const models = STATES.flatMap((states) => fitHiddenMarkov(observations, states) ?? []);
  const best = models.reduce<HiddenMarkov | null>((kept, model) => (kept === null || model.bic < kept.bic ? model : kept), null);
  return best === null || best.states === 1 ? null : best;
}
