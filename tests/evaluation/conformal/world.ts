import fc from 'fast-check';

import { toEpochDay, type EpochDay, type IsoDate } from '../../../src/core/dates.js';
import { createRng } from '../../../src/core/rng.js';
import type { ConformalInput, IntervalTable } from '../../../src/evaluation/conformal/conformal-intervals.js';
import type { ConformalOptions } from '../../../src/evaluation/conformal/conformal-settings.js';

export interface Case {
  readonly input: ConformalInput & { readonly positions: Int32Array };
  readonly options: Required<ConformalOptions>;
}

const START = toEpochDay('2020-12-20' as IsoDate);

/** Few different values, so that there are ties; some missing. */
const value = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) }, { weight: 3, arbitrary: fc.double({ min: -3, max: 3, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });

/** Two intervals of some stocks, as many as it happens on each session, on sessions with gaps; forecasts of any order. */
export const anyCase: fc.Arbitrary<Case> = fc
  .record({
    steps: fc.array(fc.record({ gap: fc.integer({ min: 1, max: 4 }), cells: fc.array(fc.tuple(value, value, value, value, value), { maxLength: 5 }) }), { minLength: 1, maxLength: 30 }),
    span: fc.integer({ min: 1, max: 8 }),
    minSessions: fc.integer({ min: 1, max: 4 }),
    more: fc.integer({ min: 0, max: 6 }),
    gamma: fc.constantFrom(0, 0.05, 0.4, 1),
  })
  .map(({ steps, span, minSessions, more, gamma }) => {
    const positions = Int32Array.from(steps, ((at) => ({ gap }: { gap: number }) => (at += gap))(0));
    const column = (k: number): Float64Array[] => steps.map(({ cells }) => Float64Array.from(cells, (cell) => cell[k]));
    return {
      input: { forecasts: [{ low: column(0), high: column(1) }, { low: column(2), high: column(3) }], outcomes: column(4), positions, sessions: positions.map((position) => START + position) },
      options: { intervals: [{ low: 0.2, high: 0.8 }, { low: 0.35, high: 0.65 }], span, window: minSessions + more, gamma, minSessions },
    };
  });

/** The sessions up to and with `t`, forecasts and all, where outcomes of later ones and those not yet known have become something else. */
export function withOtherFuture({ input, options }: Case, t: number, outcome: number): Case {
  const { forecasts, outcomes, positions, sessions } = input;
  return { options, input: { forecasts, positions, sessions, outcomes: outcomes.map((row, s) => (positions[s] + options.span <= positions[t] ? row : Float64Array.from(row, () => outcome))) } };
}

export function cutAt({ input, options }: Case, t: number): Case {
  const upTo = <T>(rows: readonly T[]): T[] => rows.slice(0, t + 1);
  const forecasts = input.forecasts.map(({ low, high }) => ({ low: upTo(low), high: upTo(high) }));
  return { options, input: { forecasts, outcomes: upTo(input.outcomes), positions: input.positions.slice(0, t + 1), sessions: upTo(Array.from(input.sessions)) } };
}

export interface MarketOptions {
  readonly seed: number;
  readonly stocks: number;
  /** Sessions held; the span is one more. */
  readonly horizon: number;
  /** Standard deviation of a session's move, [session]. */
  readonly volatility: readonly number[];
  /** Share of the variance that all stocks have in common. */
  readonly common: number;
}

/** Returns over the next sessions, divided by what their deviation is at volatility 1, [session][stock]: they overlap in time. */
export function overlappingReturns({ seed, stocks, horizon, volatility, common }: MarketOptions): Float64Array[] {
  const rng = createRng(seed);
  const sums = [new Float64Array(stocks)];
  for (let t = 0; t < volatility.length + horizon; t++) {
    const market = Math.sqrt(common) * rng.normal();
    const size = volatility[Math.min(t, volatility.length - 1)];
    sums.push(sums[t].map((sum) => sum + size * (market + Math.sqrt(1 - common) * rng.normal())));
  }
  return volatility.map((_, t) => sums[t + horizon].map((sum, stock) => (sum - sums[t][stock]) / Math.sqrt(horizon)));
}

/** The same interval for every stock and session. */
export function constantIntervals(outcomes: readonly ArrayLike<number>[], low: number, high: number): IntervalTable {
  return { low: outcomes.map((row) => new Float64Array(row.length).fill(low)), high: outcomes.map((row) => new Float64Array(row.length).fill(high)) };
}

/** Sessions of whole years of 250 sessions each. */
export function daysOfYears(first: number, years: number): EpochDay[] {
  return Array.from({ length: 250 * years }, (_, t) => toEpochDay(`${first + Math.floor(t / 250)}-01-01` as IsoDate) + (t % 250));
}
