import { expect } from 'vitest';

import type { SeriesFeature } from '../../src/features/feature.js';
import { cleanBars, mapBars, seriesOf, type Bars } from './bars.js';

/** A feature at session t as one would write it on paper, on arrays that end with t. */
export type Definition = (now: Paper) => number;

/** Bars as lists with today last: `C(0)` is today's close, `C(1)` the one before. */
export class Paper {
  readonly #bars: Bars;
  readonly #t: number;

  constructor(bars: Bars, t: number) {
    this.#bars = bars;
    this.#t = t;
  }

  O = (ago: number): number => this.#bars.open[this.#t - ago];
  H = (ago: number): number => this.#bars.high[this.#t - ago];
  L = (ago: number): number => this.#bars.low[this.#t - ago];
  C = (ago: number): number => this.#bars.close[this.#t - ago];
  V = (ago: number): number => this.#bars.volume[this.#t - ago];
  r = (ago: number): number => Math.log(this.C(ago) / this.C(ago + 1));
  TR = (ago: number): number => Math.max(this.H(ago) - this.L(ago), Math.abs(this.H(ago) - this.C(ago + 1)), Math.abs(this.L(ago) - this.C(ago + 1)));
}

/** Values of `of` for `count` sessions, the oldest first, the last one `ago` sessions before today. */
export const span = (count: number, of: (ago: number) => number, ago = 0): number[] => Array.from({ length: count }, (_, i) => of(ago + count - 1 - i));

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;
export const moment = (values: readonly number[], power: number): number => mean(values.map((value) => (value - mean(values)) ** power));
/** Divisor n − 1. */
export const variance = (values: readonly number[]): number => (moment(values, 2) * values.length) / (values.length - 1);
export const share = (values: readonly boolean[]): number => values.filter(Boolean).length / values.length;

/** The feature equals its definition on random bars: at the first session it can, and later. */
export function expectDefinition(feature: SeriesFeature, definition: Definition): void {
  const { lookback } = feature;
  for (const seed of [1, 2]) {
    const bars = cleanBars(lookback + 60, seed);
    const values = feature.compute(seriesOf(bars));
    for (const t of [lookback, lookback + 17, lookback + 59]) {
      const expected = definition(new Paper(bars, t));
      expect(Number.isFinite(expected), `definition of ${feature.name}`).toBe(true);
      expect(Math.abs(values[t] - expected), `${feature.name} at ${t}: expected ${expected}, found ${values[t]}`).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)));
    }
  }
}

/** Bars that never leave their close, of the volume given. */
export function barsAt(close: ArrayLike<number>, volume = 1e6): Bars {
  const prices = Float64Array.from(close);
  return { open: prices.slice(), high: prices.slice(), low: prices.slice(), close: prices, volume: new Float64Array(prices.length).fill(volume) };
}

/** The bars without those of some sessions. */
export const without = (bars: Bars, ...sessions: readonly number[]): Bars => mapBars(bars, (values) => values.map((value, t) => (sessions.includes(t) ? Number.NaN : value)));

/** What a feature says of bars at their last session. */
export const lastOf = (feature: SeriesFeature, bars: Bars): number => feature.compute(seriesOf(bars))[bars.close.length - 1];
