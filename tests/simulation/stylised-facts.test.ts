import { beforeAll, describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { correlation } from '../../src/math/correlation.js';
import { mean, standardDeviation } from '../../src/math/stats.js';
import type { SimulationOptions } from '../../src/simulation/settings.js';
import { syntheticMarket, type SyntheticMarket } from '../../src/simulation/synthetic-market.js';

const SPAN = { symbols: 60, start: isoDate('2008-01-02'), end: isoDate('2017-12-29'), membership: { members: 1, listedOutside: 0, leaves: 0, delistings: 0 } } satisfies SimulationOptions;

/** What the facts are held against: one regime, constant volatility, no jumps. */
const NORMAL: SimulationOptions = { ...SPAN, market: { stressed: { drift: 0.13, volatility: 0.11, meanSessions: 60 } }, stochasticVolatility: { deviation: 0 }, jumps: { perYear: 0 } };

const returnsOf = ({ bars: { close }, sessions }: SyntheticMarket, symbol: number): Float64Array => Float64Array.from({ length: sessions.length - 1 }, (_, t) => Math.log(close[symbol * sessions.length + t + 1] / close[symbol * sessions.length + t]));

/** Of a normal distribution 0 with a standard error of √(24 / n). */
function excessKurtosis(values: Float64Array): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 4)) / mean(values.map((value) => (value - middle) ** 2)) ** 2 - 3;
}

/** Of independent values 0 with a standard error of 1 / √n. */
const autocorrelation = (values: Float64Array, lag: number): number => correlation(values.subarray(0, values.length - lag), values.subarray(lag))!;

let [market, normal]: SyntheticMarket[] = [];
let n: number;
const over = (one: SyntheticMarket, figure: (returns: Float64Array) => number): number[] => one.symbols.map((_, i) => figure(returnsOf(one, i)));

beforeAll(() => {
  [market, normal] = [SPAN, NORMAL].map((options) => syntheticMarket(options, createRng(21)));
  n = market.sessions.length - 1;
});

describe('returns of a synthetic market', () => {
  it('have fat tails, which normal ones of constant volatility have not', () => {
    const error = Math.sqrt(24 / n);
    expect(Math.min(...over(market, excessKurtosis))).toBeGreaterThan(4 * error);
    expect(Math.abs(mean(over(normal, excessKurtosis)))).toBeLessThan(4 * error / Math.sqrt(market.symbols.length) + 0.1); // cents and a common market add a little
    expect(excessKurtosis(marketReturns(market))).toBeGreaterThan(4 * error);
  });

  it('cluster in volatility for weeks, and hardly in sign', () => {
    const error = 1 / Math.sqrt(n);
    const sizes = (lag: number) => (returns: Float64Array): number => autocorrelation(returns.map(Math.abs), lag);
    for (const lag of [1, 5, 20]) {
      expect(mean(over(market, sizes(lag))), `lag ${lag}`).toBeGreaterThan(4 * error);
      expect(Math.abs(mean(over(normal, sizes(lag)))), `lag ${lag}`).toBeLessThan(2 * error);
    }
    expect(Math.abs(autocorrelation(marketReturns(market), 1))).toBeLessThan(5 * error);
  });

  it('move together with the market, as those of the S&P 500 do', () => {
    const withMarket = over(market, (returns) => correlation(returns, marketReturns(market))!);
    expect(mean(withMarket)).toBeGreaterThan(0.4);
    expect(mean(withMarket)).toBeLessThan(0.7);
    const alone = syntheticMarket({ ...SPAN, betas: { mean: 0, deviation: 0 }, sectors: { volatility: 0 }, graph: null }, createRng(21));
    const pairs = alone.symbols.slice(1).map((_, i) => correlation(returnsOf(alone, 0), returnsOf(alone, i + 1))!);
    expect(Math.abs(mean(pairs))).toBeLessThan(4 / Math.sqrt(n * pairs.length) + 0.005);
  });

  it('have the volatilities that were set', () => {
    const stress = mean(market.truth.regimes);
    expect(stress).toBeGreaterThan(0.05);
    expect(stress).toBeLessThan(0.45);
    const annual = (state: number): number => Math.sqrt(252 * mean(Float64Array.from(market.truth.marketVolatility.filter((_, t) => market.truth.regimes[t] === state), (v) => v * v)));
    expect(annual(0)).toBeGreaterThan(0.08);
    expect(annual(0)).toBeLessThan(0.14);
    expect(annual(1) / annual(0)).toBeGreaterThan(1.6);
    const stock = mean(over(market, (returns) => standardDeviation(returns) * Math.sqrt(252)));
    expect(stock).toBeGreaterThan(0.22);
    expect(stock).toBeLessThan(0.38);
  });
});

function marketReturns(one: SyntheticMarket): Float64Array {
  const all = one.symbols.map((_, i) => returnsOf(one, i));
  return all[0].map((_, t) => mean(all.map((returns) => returns[t])));
}
