import { eventStudy, Panel, type Rng } from '../../dist/index.js';
import type { Detection } from './detections.ts';
import type { Market } from './market.ts';
import { studentTail } from './student-tail.ts';

export const HORIZONS = [1, 3, 5, 10] as const;
/** Sessions of usual movement before a session. */
const USUAL = 21;
/** Commission, half spread and slippage of one fill, fraction. */
export const COST_A_FILL = 0.0005;

/**
 * `return`: what the closes did after the session in the direction of the signal, less the mean of all names. `fill`: the same from the
 * next open to the open `horizon` sessions later, less the mean of the names with opens and the costs of both fills. `movement`: mean
 * |return| of the sessions after over that of the 21 up to the signal, less the mean of that of all names; fraction of usual movement.
 */
export type Outcome = 'return' | 'fill' | 'movement';

export interface Effect {
  readonly signal: string;
  /** Both directions together for returns, each by itself for movement. */
  readonly direction: string;
  readonly outcome: Outcome;
  readonly horizon: number;
  readonly events: number;
  readonly sessions: number;
  readonly mean: number | null;
  readonly interval: readonly [number, number] | null;
  readonly t: number | null;
  /** Two-sided, by Student's law with as many degrees of freedom as whole horizons fit into the sessions with events, less one. */
  readonly p: number | null;
}

/** Daily outcomes of names, less what they did on average, [symbol][session]. */
interface Daily {
  readonly close: readonly Float64Array[];
  readonly fill: readonly Float64Array[];
  readonly absolute: readonly Float64Array[];
  /** Mean |return| of the 21 sessions up to each. */
  readonly usual: readonly Float64Array[];
}

export interface StudyRequest {
  readonly signal: string;
  readonly direction: string;
  readonly outcome: Outcome;
  readonly replicates?: number;
}

/** Effects of a signal over all horizons; events without all that they need count nowhere. */
export class EffectStudy {
  readonly #market: Market;
  readonly #daily: Daily;
  readonly #rng: Rng;
  readonly #movements = new Map<number, number>();

  /** @param names that count, of which the means are taken as well */
  constructor(market: Market, names: readonly string[], rng: Rng) {
    const rows = names.map((name) => market.symbols.indexOf(name));
    const [open, close] = [market.open, market.close].map((prices) => rows.map((row) => prices[row]));
    this.#market = { symbols: names, sessions: market.sessions, open, close };
    const returns = close.map((prices) => prices.map((price, t) => price / prices[t - 1] - 1));
    const absolute = returns.map((values) => values.map(Math.abs));
    this.#daily = { close: lessMean(returns), fill: lessMean(open.map((prices) => prices.map((price, t) => prices[t + 1] / price - 1))), absolute, usual: absolute.map(trailingMean) };
    this.#rng = rng;
  }

  /** The same events, each name's those of another: what is left of an effect then is chance. */
  relabelled(events: readonly Detection[], rng: Rng): Detection[] {
    const { symbols } = this.#market;
    const others = new Map(rng.shuffle(symbols).map((other, i) => [symbols[i], other]));
    return events.flatMap((event) => (others.has(event.underlying) ? [{ ...event, underlying: others.get(event.underlying)! }] : []));
  }

  study(events: readonly Detection[], { signal, direction, outcome, replicates = 2000 }: StudyRequest): Effect[] {
    return HORIZONS.map((horizon) => {
      const { sessions } = this.#market;
      const usable = events.filter(({ underlying, t }) => this.#market.symbols.includes(underlying) && t + horizon < sessions.length);
      const series = usable.map((event) => this.#outcomes(event, outcome, horizon));
      if (usable.length === 0) return { signal, direction, outcome, horizon, events: 0, sessions: 0, mean: null, interval: null, t: null, p: null };
      // an event is a symbol of its own, which has outcomes on its own sessions only
      const returns = new Panel({ symbols: usable.map((_, i) => `${i}`.padStart(6, '0')), sessions, columns: { return: concatenated(series, sessions.length) } });
      const study = eventStudy({ replicates, returns, events: usable.map(({ t }, i) => ({ symbol: `${i}`.padStart(6, '0'), session: sessions[t + 1] })), before: 0, after: horizon - 1, rng: this.#rng.fork(`${signal} ${direction} ${outcome} ${horizon}`) });
      const freedom = Math.floor(study.sessions / horizon) - 1;
      const { mean, interval, t } = study.total;
      return { signal, direction, outcome, horizon, events: study.events, sessions: study.sessions, mean, interval, t, p: t === null || freedom < 1 ? null : studentTail(t, freedom) };
    });
  }

  #outcomes({ underlying, t, signal }: Detection, outcome: Outcome, horizon: number): Float64Array {
    const { close, fill, absolute, usual } = this.#daily;
    const row = this.#market.symbols.indexOf(underlying);
    const sign = signal.direction === 'down' ? -1 : 1;
    const result = new Float64Array(this.#market.sessions.length).fill(Number.NaN);
    for (let s = t + 1; s <= t + horizon; s++) {
      if (outcome === 'return') result[s] = sign * close[row][s];
      else if (outcome === 'fill') result[s] = sign * fill[row][s] - (s === t + 1 ? 2 * COST_A_FILL : 0);
      else result[s] = (absolute[row][s] / usual[row][t] - this.#usualMovement(s, t)) / horizon;
    }
    return result;
  }

  /** Mean of all names' |return| on session `s` over their usual ones at `t`. */
  #usualMovement(s: number, t: number): number {
    const key = t * this.#market.sessions.length + s;
    const known = this.#movements.get(key) ?? presentMean(this.#daily.absolute.map((values, i) => values[s] / this.#daily.usual[i][t]));
    this.#movements.set(key, known);
    return known;
  }
}

function concatenated(series: readonly Float64Array[], width: number): Float64Array {
  const all = new Float64Array(series.length * width);
  series.forEach((values, i) => all.set(values, i * width));
  return all;
}

function lessMean(values: readonly Float64Array[]): Float64Array[] {
  const means = Float64Array.from(values[0], (_, t) => presentMean(values.map((own) => own[t])));
  return values.map((own) => own.map((value, t) => value - means[t]));
}

function presentMean(values: readonly number[]): number {
  const present = values.filter(Number.isFinite);
  return present.reduce((sum, value) => sum + value, 0) / present.length;
}

function trailingMean(values: Float64Array): Float64Array {
  return values.map((_, t) => (t < USUAL ? Number.NaN : values.subarray(t - USUAL + 1, t + 1).reduce((sum, value) => sum + value, 0) / USUAL));
}

