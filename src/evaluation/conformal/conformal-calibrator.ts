import { InvariantError } from '../../core/errors.js';
import { AdaptiveTail } from './adaptive-tail.js';
import { conformalSettings, type ConformalOptions, type ConformalSettings } from './conformal-settings.js';
import { readConformalState, writePending, type ConformalState, type PendingSession } from './conformal-state.js';
import { correctedIntervals, type CorrectedIntervals, type IntervalCorrection, type SessionIntervals } from './corrected-intervals.js';
import { scoreSide, type Side } from './tail-scores.js';

/** What was issued for a session. */
export interface IssuedIntervals {
  /** For each interval what was added to its forecasts; `null` while too little is known of their errors. */
  readonly corrections: readonly (IntervalCorrection | null)[];
  /** Each interval corrected, [stock]; NaN throughout where there is no correction. */
  readonly intervals: readonly CorrectedIntervals[];
}

/** Levels that scores are cut at next, one for each end: the share aimed at, raised or lowered by what was missed. */
export interface IntervalTails {
  readonly low: number;
  readonly high: number;
}

/**
 * Corrects interval forecasts by how far outcomes lay beyond earlier ones, session by session: conformalised quantile regression, each end by
 * itself, over the last sessions with outcomes (Romano, Patterson and Candès, 2019), at levels that follow what was missed (Gibbs and Candès, 2021).
 *
 * Scores of all stocks of a session count alike; forecasts and outcomes are of any one unit, such as returns over their expected deviation.
 * Sessions are positions on an axis of all sessions and may have gaps. The outcomes of session s are taken at s + span and no earlier, in the order
 * of sessions; intervals issued for t rest on nothing else.
 *
 * @example
 * const calibrator = new ConformalCalibrator({ intervals: [{ low: 0.05, high: 0.95 }], span: 6 });
 * calibrator.settle(t, { session: t - 6, outcomes });
 * const { intervals } = calibrator.issue(t, [{ low, high }]);
 */
export class ConformalCalibrator {
  readonly settings: ConformalSettings;
  readonly #tails: readonly Readonly<Record<Side, AdaptiveTail>>[];
  readonly #pending: PendingSession[] = [];
  #now: number | null = null;
  #issued: number | null = null;

  /**
   * @param state  where another one stood; its settings must be the same
   * @throws ConfigError `UNKNOWN_OPTION`
   * @throws InvariantError `BAD_CONFORMAL` for bad settings, `BAD_CONFORMAL_STATE` for a state that is none or of other settings
   */
  constructor(options: ConformalOptions, state?: ConformalState) {
    const settings = conformalSettings(options);
    const { window, gamma, minSessions } = settings;
    const read = state === undefined ? null : readConformalState(state, settings);
    this.settings = settings;
    this.#tails = settings.intervals.map(({ low, high }, i) => ({
      low: new AdaptiveTail({ target: low, window, gamma, minSessions }, read?.tails[i].low),
      high: new AdaptiveTail({ target: 1 - high, window, gamma, minSessions }, read?.tails[i].high),
    }));
    if (read === null) return;
    this.#pending.push(...read.pending);
    this.#now = read.now;
    this.#issued = read.issued;
  }

  /** Sessions whose outcomes are awaited, ascending. */
  get awaited(): readonly number[] {
    return this.#pending.map(({ session }) => session);
  }

  /** Of each interval. */
  get levels(): readonly IntervalTails[] {
    return this.#tails.map(({ low, high }) => ({ low: low.level, high: high.level }));
  }

  /**
   * Takes in the outcomes of the earliest awaited session, [stock] in the order of its forecasts; NaN is left out. A session whose
   * outcomes never come is settled with NaN.
   *
   * @param now  session at which they are known
   * @throws InvariantError `BAD_OUTCOMES` when `now` lies less than the span behind the session, another session is awaited, or sizes differ
   */
  settle(now: number, { session, outcomes }: { readonly session: number; readonly outcomes: ArrayLike<number> }): void {
    this.#requireSettled(now, session, outcomes);
    const { forecasts, corrections } = this.#pending[0];
    const issued = correctedIntervals(forecasts, corrections);
    this.#tails.forEach((tails, i) => {
      for (const side of ['low', 'high'] as const) {
        const { scores, missed } = scoreSide(side, { forecast: forecasts[i], issued: issued[i], outcomes });
        if (missed !== null) tails[side].adapt(missed);
        if (scores.length > 0) tails[side].learn(scores);
      }
    });
    this.#pending.shift();
    this.#now = now;
  }

  /** What would be added to forecasts now, for each interval; `null` while too little is known of the errors of either end. */
  corrections(): (IntervalCorrection | null)[] {
    return this.#tails.map((tails) => {
      const [low, high] = [tails.low.width(), tails.high.width()];
      return low === null || high === null ? null : { low: 0 - low, high };
    });
  }

  /**
   * Corrects the forecasts of a session, later than all before, and awaits its outcomes.
   *
   * @param forecasts  one for each interval of the settings, all of the same stocks; NaN where there is none
   * @throws InvariantError `BAD_FORECASTS` when the session is no later one, sizes differ or a value is infinite
   */
  issue(session: number, forecasts: readonly SessionIntervals[]): IssuedIntervals {
    this.#requireForecasts(session, forecasts);
    const corrections = this.corrections();
    const kept = forecasts.map(({ low, high }) => ({ low: Float64Array.from(low), high: Float64Array.from(high) }));
    this.#pending.push({ session, forecasts: kept, corrections });
    this.#now = session;
    this.#issued = session;
    return { corrections, intervals: correctedIntervals(kept, corrections) };
  }

  /** Everything needed to go on from here, as plain JSON. */
  state(): ConformalState {
    return {
      settings: this.settings,
      now: this.#now,
      issued: this.#issued,
      tails: this.#tails.map(({ low, high }) => ({ low: low.state(), high: high.state() })),
      pending: this.#pending.map(writePending),
    };
  }

  #requireSettled(now: number, session: number, outcomes: ArrayLike<number>): void {
    const { span } = this.settings;
    const bad = (message: string): InvariantError => new InvariantError(`${message} in settle of ConformalCalibrator`, { code: 'BAD_OUTCOMES', fields: { now, session, span } });
    if (this.#pending.length === 0) throw bad(`expected outcomes of a session with forecasts, found those of ${session} where none are awaited`);
    const [first] = this.#pending;
    if (first.session !== session) throw bad(`expected the outcomes of session ${first.session}, the earliest awaited, found those of ${session}`);
    if (!(Number.isSafeInteger(now) && now >= session + span)) throw bad(`expected outcomes of session ${session} at ${session + span} or later, found them at ${now}`);
    if (this.#now !== null && now < this.#now) throw bad(`expected outcomes at ${this.#now} or later, found them at ${now}`);
    const stocks = first.forecasts[0].low.length;
    if (outcomes.length !== stocks) throw bad(`expected outcomes of the ${stocks} stocks of session ${session}, found ${outcomes.length}`);
    requireNotInfinite(outcomes, () => bad(`expected finite outcomes or NaN, found an infinite one of session ${session}`));
  }

  #requireForecasts(session: number, forecasts: readonly SessionIntervals[]): void {
    const { intervals } = this.settings;
    const bad = (message: string): InvariantError => new InvariantError(`${message} in issue of ConformalCalibrator`, { code: 'BAD_FORECASTS', fields: { session } });
    if (!Number.isSafeInteger(session)) throw bad(`expected a whole number as session, found ${session}`);
    if (this.#issued !== null && session <= this.#issued) throw bad(`expected a session after ${this.#issued}, found ${session}`);
    if (this.#now !== null && session < this.#now) throw bad(`expected a session no earlier than ${this.#now}, when outcomes were known, found ${session}`);
    if (forecasts.length !== intervals.length) throw bad(`expected forecasts of ${intervals.length} intervals, found ${forecasts.length}`);
    const stocks = forecasts[0].low.length;
    for (const ends of forecasts.flatMap(({ low, high }) => [low, high])) {
      if (ends.length !== stocks) throw bad(`expected ends of the same ${stocks} stocks, found ${ends.length}`);
      requireNotInfinite(ends, () => bad(`expected finite forecasts or NaN, found an infinite one of session ${session}`));
    }
  }
}

function requireNotInfinite(values: ArrayLike<number>, error: () => InvariantError): void {
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]) === Infinity) throw error();
}
