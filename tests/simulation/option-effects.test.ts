import { beforeAll, describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { PURE_NOISE, SIMULATION_DEFAULTS, type SimulationOptions } from '../../src/simulation/settings.js';
import { syntheticMarket, type SyntheticMarket } from '../../src/simulation/synthetic-market.js';
import { meanIc, rankIcs, residualOutcome, type MeanIc } from './rank-ics.js';

const SEEDS = [1, 2, 3, 4, 5];
const SIZE: SimulationOptions = { symbols: 250, start: isoDate('2013-01-02'), end: isoDate('2014-12-31') };
const ALL = { underlyings: 250, sessions: 1 };

let [planted, noise]: SyntheticMarket[][] = [];
beforeAll(() => {
  planted = SEEDS.map((seed) => syntheticMarket({ ...SIZE, options: ALL }, createRng(seed)));
  noise = SEEDS.map((seed) => syntheticMarket({ ...SIZE, ...PURE_NOISE, options: { ...PURE_NOISE.options, ...ALL } }, createRng(seed)));
}, 60_000);

type Figure = 'skew' | 'putCall' | 'volatility30';
/** All stocks have options here, so that positions are those of the market. */
const figure = ({ truth, sessions }: SyntheticMarket, name: Figure) => (symbol: number, t: number): number => truth.options![name][symbol * sessions.length + t];
const over = (markets: readonly SyntheticMarket[], name: Figure, horizon: number): MeanIc => meanIc(markets.flatMap((market) => rankIcs(market, figure(market, name), residualOutcome(market, horizon), horizon)));

/** Annual volatility of the closes from one session to another, NaN where one is missing. */
function realized({ bars: { close }, sessions }: SyntheticMarket, symbol: number, from: number, to: number): number {
  let sum = 0;
  for (let t = from + 1; t <= to; t++) sum += Math.log(close[symbol * sessions.length + t] / close[symbol * sessions.length + t - 1]) ** 2;
  return Math.sqrt((252 * sum) / (to - from));
}

describe('what options foretell', () => {
  const { skew, putCall } = SIMULATION_DEFAULTS.options!;
  it.each([
    ['skew', skew.horizon, skew.ic],
    ['putCall', putCall.horizon, putCall.ic],
  ] as const)('of residual returns has the rank IC that was stated, within 3 standard errors over 5 seeds: %s', (name, horizon, target) => {
    const { ic, standardError } = over(planted, name, horizon);
    expect(standardError).toBeLessThan(0.004);
    expect(Math.abs(ic - target)).toBeLessThan(3 * standardError);
  });

  it.each([['skew', skew.horizon], ['putCall', putCall.horizon]] as const)('is nothing in pure noise, where the null is a rank IC of 0, within 3 standard errors over 5 seeds: %s', (name, horizon) => {
    const { ic, standardError } = over(noise, name, horizon);
    expect(standardError).toBeLessThan(0.004);
    expect(Math.abs(ic)).toBeLessThan(3 * standardError);
  });

  it('of volatility is by its own process: implied foretells realized better than the past does, and their difference the change; in pure noise too', () => {
    for (const [market] of [planted, noise]) {
      const later = (i: number, t: number): number => realized(market, i, t, t + 21);
      const past = (i: number, t: number): number => (t < 21 ? NaN : realized(market, i, t - 21, t));
      const implied = figure(market, 'volatility30');
      const of = (driver: typeof later, outcome: typeof later): number => meanIc(rankIcs({ ...market, sessions: market.sessions.subarray(0, -1) }, driver, outcome, 21, 21)).ic;
      expect(of(implied, later)).toBeGreaterThan(of(past, later) + 0.03);
      expect(of((i, t) => implied(i, t) - past(i, t), (i, t) => later(i, t) - past(i, t))).toBeGreaterThan(0.5);
    }
  });
});
