import { describe, expect, it } from 'vitest';

import { priorityConfig, type PriorityConfig } from '../../src/strategy/priority/config.js';
import { priorityStrategy } from '../../src/strategy/priority/priority.js';
import type { Decision } from '../../src/strategy/strategy.js';
import type { Forecast } from '../../src/strategy/view.js';
import { held, scene, sessionAgo } from './scene.js';

const EQUITY = 1_000_000;
const said = (changes: Partial<Forecast> = {}): Forecast => ({ model: 'LightGBM', score: 1, expectedReturn: 0.01, edge: 0.002, interval: [-0.05, 0.07], coverage: 0.8, horizon: 5, drivers: [], rest: null, ...changes });

function decide(forecasts: Readonly<Record<string, Forecast | null>>, settings: Partial<PriorityConfig> = {}, positions = [] as ReturnType<typeof held>[]): Decision {
  const known = new Map(Object.entries(forecasts).flatMap(([symbol, forecast]) => (forecast ? [[symbol, forecast] as const] : [])));
  const view = scene(Object.fromEntries(Object.keys(forecasts).map((symbol) => [symbol, {}])), known);
  return priorityStrategy(priorityConfig.parse({ top: 2, ...settings })).decide(view, { equity: EQUITY, cash: EQUITY, highestEquity: EQUITY, positions, recentStops: [] });
}

const entered = ({ targets }: Decision): string[] => targets.filter(({ action }) => action === 'enter').map(({ symbol }) => symbol);

describe('what follows the model', () => {
  it('enters the best scores, whatever their unit, and nothing the model is silent about', () => {
    const decision = decide({ A: said({ score: -3 }), B: said({ score: -1 }), C: said({ score: -2 }), D: null });
    expect(entered(decision)).toEqual(['B', 'C']);
    expect(decision.leftOut).toEqual([{ symbol: 'D', reason: 'the model has no score for it' }, { symbol: 'A', reason: 'ranked below the best 2' }]);
  });

  it('enters nothing whose rank adds too little, but what has no expectation', () => {
    const forecasts = { A: said({ score: 3, edge: -0.001 }), B: said({ score: 2, expectedReturn: null, edge: null, interval: null }) };
    expect(entered(decide(forecasts))).toEqual(['A', 'B']);
    const decision = decide(forecasts, { minEdge: 0 });
    expect(entered(decision)).toEqual(['B']);
    expect(decision.leftOut).toEqual([{ symbol: 'A', reason: 'its rank adds 0 or less to the expected return' }]);
  });

  it('lets go of a held name whose rank has fallen', () => {
    const decision = decide({ A: said({ score: 1 }), B: said({ score: 3 }), C: said({ score: 2 }) }, { top: 1, keepWithin: 2 }, [held('A')]);
    expect(decision.targets.map(({ symbol, action }) => `${action} ${symbol}`)).toEqual(['exit A', 'enter B']);
  });

  it('backs an entry with its priority and drivers', () => {
    const drivers = [{ feature: 'return-5', value: -0.06, rank: 0.04, contribution: 0.3, share: 0.6 }, { feature: 'sessions-to-earnings', value: null, rank: null, contribution: -0.1, share: 0.2 }];
    const [{ evidence }] = decide({ A: said({ drivers, rest: 0.8 }) }).targets;
    expect(evidence.slice(0, 4)).toEqual([
      { code: 'priority', values: { priority: expect.closeTo((0.5 - 0.05 + 0.025 - 0.05 + 0.05) / 1.15, 12), score: 0.5, uncertainty: 0.5, liquidity: 0.5, volatility: 0.5, signals: 0.5, rank: 1, of: 1 } },
      { code: 'driver', values: { feature: 'return-5', contribution: 0.3, share: 0.6, value: -0.06, rank: 0.04 } },
      { code: 'driver', values: { feature: 'sessions-to-earnings', contribution: -0.1, share: 0.2 } },
      { code: 'other-features', values: { rest: 0.8, score: 1 } },
    ]);
  });

  it('names the model and its score where it does not say what moved it', () => {
    expect(decide({ A: said() }).targets[0].evidence[1]).toEqual({ code: 'model-rank', values: { model: 'LightGBM', score: 1 } });
  });

  it('prefers, of equal scores, the narrower interval, the larger traded value and the calmer price, and names signals that agree', () => {
    // as many deviations of its own return wide, though more volatile; and wider by three percent of the price
    const forecasts = new Map([...['B', 'C', 'D'].map((symbol) => [symbol, said()] as const), ['A', said({ interval: [-0.07, 0.09] })] as const, ['E', said({ interval: [-0.06, 0.09] })] as const]);
    const view = scene({ A: { volatility: 0.4 }, B: { dollarVolume: 2e8 }, C: { features: { 'return-5': 0.03 } }, D: {}, E: {} }, forecasts);
    const config = priorityConfig.parse({ top: 5, parts: { uncertainty: 0.2 }, signals: [{ feature: 'return-5', above: 0.01 }] });
    const { targets } = priorityStrategy(config).decide(view, { equity: EQUITY, cash: EQUITY, highestEquity: EQUITY, positions: [], recentStops: [] });
    expect(targets.map(({ symbol }) => symbol)).toEqual(['C', 'B', 'D', 'A', 'E']);
    expect(targets[0].evidence).toContainEqual({ code: 'signal', values: { feature: 'return-5', value: expect.closeTo(0.03, 6), above: 0.01 } });
    for (const { evidence } of targets.slice(1)) expect(evidence.map(({ code }) => code)).not.toContain('signal');
  });

  it('says what would disprove an entry: stop, rank, interval, time and a report that falls into it', () => {
    const view = scene({ A: { features: { 'sessions-to-earnings': 5 } }, B: { features: { 'sessions-to-earnings': 6 } } }, new Map([['A', said()], ['B', said({ interval: null })]]));
    const config = priorityConfig.parse({ top: 2, keepWithin: 2, horizon: 5, minHorizon: 3 });
    const { targets } = priorityStrategy(config).decide(view, { equity: EQUITY, cash: EQUITY, highestEquity: EQUITY, positions: [], recentStops: [] });
    const [a, b] = ['A', 'B'].map((symbol) => targets.find((target) => target.symbol === symbol)!.wouldDisprove);
    expect(a).toEqual([
      { code: 'breaks-stop', values: { stop: expect.closeTo(94, 4), distance: expect.closeTo(-0.06, 6) } },
      { code: 'falls-in-rank', values: { limit: 4, date: sessionAgo(-3) } },
      { code: 'misses-interval', values: { price: 95, low: -0.05, coverage: 0.8, date: sessionAgo(-6) } },
      { code: 'time-runs-out', values: { date: sessionAgo(-5), sessions: 5 } },
      { code: 'earnings-due', values: { sessions: 5 } },
    ]);
    expect(b.map(({ code }) => code)).toEqual(['breaks-stop', 'falls-in-rank', 'time-runs-out']);
  });

  it('reads the features of its signals and no more than it says', () => {
    const { features } = priorityStrategy(priorityConfig.parse({ signals: [{ feature: 'return-5', below: 0 }, { feature: 'realized-volatility-63', below: 1 }] }));
    expect(features).toEqual(['realized-volatility-63', 'average-true-range-14', 'return-5']);
  });

  it('takes a signal with exactly one side', () => {
    expect(priorityConfig.safeParse({ signals: [{ feature: 'return-5' }] }).success).toBe(false);
    expect(priorityConfig.safeParse({ signals: [{ feature: 'return-5', above: 0, below: 1 }] }).success).toBe(false);
    expect(priorityConfig.safeParse({ signals: [{ feature: 'return-5', below: 1 }] }).success).toBe(true);
  });
});
