import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sizingConfig } from '../../src/portfolio/sizing/config.js';
import { SIZINGS, type SizingMethod } from '../../src/portfolio/sizing/registry.js';
import { momentumConfig } from '../../src/strategy/momentum/config.js';
import type { Candidate } from '../../src/strategy/top-ranked/candidate.js';
import type { TopRankedConfig } from '../../src/strategy/top-ranked/config.js';
import { sizedWeights } from '../../src/strategy/top-ranked/sizing.js';
import type { Forecast } from '../../src/strategy/view.js';
import { forecastsFor, makeMarket, viewAt } from './market.js';
import { scene } from './scene.js';

const METHODS = Object.keys(SIZINGS) as SizingMethod[];
const settings = (method: SizingMethod, changes: Partial<TopRankedConfig> = {}): TopRankedConfig => ({ ...momentumConfig.parse({ targetVolatility: 0.15, top: 10, maxWeight: 0.08 }), sizing: sizingConfig.parse({ method }), ...changes });
const candidate = (symbol: string, volatility: number): Candidate => ({ symbol, volatility, opinion: 1, range: 0.02, dollarVolume: 1e8 });

/** Weights of names of the last evening of a quiet scene. */
function weightsOf(volatilities: readonly number[], changes: Partial<TopRankedConfig> = {}, budget = 0.95): number[] {
  const names = volatilities.map((volatility, i) => candidate(`S${i}`, volatility));
  const view = scene(Object.fromEntries(names.map(({ symbol }) => [symbol, {}])));
  return [...sizedWeights(view, names, budget, settings('volatility-target', changes)).values()];
}

describe('sizing to the same volatility', () => {
  it('gives each its part of the target', () => {
    expect(weightsOf([0.3, 0.6])).toEqual([0.05, 0.025]);
  });

  it('stops at the largest weight', () => {
    expect(weightsOf([0.01])).toEqual([0.08]);
  });

  it('scales all down together where the budget is too small', () => {
    const [calm, wild] = weightsOf([0.3, 0.6], {}, 0.03);
    expect(calm + wild).toBeCloseTo(0.03, 12);
    expect(calm / wild).toBeCloseTo(2, 12);
  });

  it('gives nothing to nobody', () => {
    expect(weightsOf([])).toEqual([]);
  });

  it('keeps every weight and their sum within bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-4, max: 5, noNaN: true }), { maxLength: 40 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.integer({ min: 1, max: 60 }), (volatilities, budget, top) => {
        const weights = weightsOf(volatilities, { top }, budget);
        for (const weight of weights) expect(weight >= 0 && weight <= 0.08 + 1e-15).toBe(true);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(budget + 1e-12);
      }),
      { seed: 11, numRuns: 60 },
    );
  });
});

const market = makeMarket({ symbols: 12, sessions: 330, seed: 8, faults: true });
const INDEX = 320;
const names = market.bars.symbols.map((symbol) => candidate(symbol, market.features.series('realized-volatility-63', symbol)[INDEX])).filter(({ volatility }) => volatility > 0);
const sized = (method: SizingMethod, forecasts: ReadonlyMap<string, Forecast> = forecastsFor(market, INDEX), index = INDEX): ReadonlyMap<string, number> => sizedWeights(viewAt(market, index, { forecasts }), names, 0.5, settings(method));

describe.each(METHODS)('sizing by %s on a market with holes', (method) => {
  it('weighs every name within its bounds and spends no more than there is', () => {
    const weights = sized(method);
    expect([...weights.keys()]).toEqual(names.map(({ symbol }) => symbol));
    for (const weight of weights.values()) expect(weight >= 0 && weight <= 0.08 + 1e-9).toBe(true);
    const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThanOrEqual(0.5 + 1e-9);
  });

  it('knows nothing after its session', () => {
    const cut = { bars: market.bars.slice(0, INDEX + 1), features: market.features.slice(0, INDEX + 1) };
    expect(sizedWeights(viewAt(cut, INDEX, { forecasts: forecastsFor(market, INDEX) }), names, 0.5, settings(method))).toEqual(sized(method));
  });
});

describe('what a sizing is told', () => {
  const weightOf = (method: SizingMethod, symbol: string, forecasts?: ReadonlyMap<string, Forecast>): number => sized(method, forecasts).get(symbol)!;
  const [first, second] = names.map(({ symbol }) => symbol);
  const hoped = (values: Readonly<Record<string, number>>): ReadonlyMap<string, Forecast> => new Map(Object.entries(values).map(([symbol, expectedReturn]) => [symbol, { model: 'made up', score: 1, expectedReturn, edge: 0, interval: [-0.05, 0.05] as const, coverage: 0.8, horizon: 5, drivers: [], rest: null }]));

  it('is the expected return, for those that ask', () => {
    const even = hoped(Object.fromEntries(names.map(({ symbol }) => [symbol, 0.01])));
    const tilted = new Map([...even, ...hoped({ [first]: 0.05, [second]: -0.05 })]);
    expect(weightOf('mean-variance', first, tilted)).toBeGreaterThan(weightOf('mean-variance', second, tilted));
    for (const method of METHODS.filter((one) => one !== 'mean-variance')) expect(sized(method, tilted), method).toEqual(sized(method, even));
  });

  it('is stated a year, whatever the horizon of the forecast', () => {
    const over = (horizon: number, expectedReturn: number): ReadonlyMap<string, number> => sized('mean-variance', new Map([...hoped(Object.fromEntries(names.map(({ symbol }) => [symbol, expectedReturn])))].map(([symbol, forecast]) => [symbol, { ...forecast, horizon }])));
    const sum = (weights: ReadonlyMap<string, number>): number => [...weights.values()].reduce((total, weight) => total + weight, 0);
    expect(over(10, 0.004)).toEqual(over(5, 0.002));
    // a tenth of a percent a week is five percent a year, which is worth all the room there is; a tenth of a percent a year is worth little
    expect(sum(over(5, 0.001))).toBeCloseTo(0.5, 6);
    expect(sum(over(252, 0.001))).toBeGreaterThan(0.01);
    expect(sum(over(252, 0.001))).toBeLessThan(0.1);
  });

  it('is how names move together, for those that ask', () => {
    const twins = { bars: market.bars.with(Object.fromEntries(['close'].map((name) => [name, twin(name)]))), features: market.features };
    const given = names.slice(0, 4).map((one) => ({ ...one, volatility: 0.2 }));
    const weigh = (made: typeof market, method: SizingMethod): number[] => [...sizedWeights(viewAt(made, INDEX), given, 0.2, settings(method, { maxWeight: 1 })).values()];
    expect(weigh(twins, 'minimum-variance')).not.toEqual(weigh(market, 'minimum-variance'));
    expect(weigh(twins, 'hierarchical-risk-parity')).not.toEqual(weigh(market, 'hierarchical-risk-parity'));
    expect(weigh(twins, 'inverse-volatility')).toEqual(weigh(market, 'inverse-volatility'));
  });

  /** The second name moves as the first. */
  function twin(name: string): Float64Array {
    const column = Float64Array.from(market.bars.column(name));
    column.set(market.bars.series(name, first), market.bars.row(second) * market.bars.sessions.length);
    return column;
  }
});
