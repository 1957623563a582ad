import { describe, expect, it } from 'vitest';

import { priorityConfig, type PriorityConfig } from '../../src/strategy/priority/config.js';
import { priorityStrategy } from '../../src/strategy/priority/priority.js';
import type { Decision } from '../../src/strategy/strategy.js';
import type { Forecast } from '../../src/strategy/view.js';
import { held, scene } from './scene.js';

const EQUITY = 1_000_000;
const said = (changes: Partial<Forecast> = {}): Forecast => ({ model: 'LightGBM', score: 1, expectedReturn: 0.01, edge: 0.002, interval: [-0.05, 0.07], coverage: 0.8, horizon: 5, drivers: [], rest: null, ...changes });

function decide(forecasts: Readonly<Record<string, Forecast | null>>, settings: Partial<PriorityConfig> = {}, positions = [] as ReturnType<typeof held>[]): Decision {
  const known = new Map(Object.entries(forecasts).flatMap(([symbol, forecast]) => (forecast ? [[symbol, forecast] as const] : [])));
  const view = scene(Object.fromEntries(Object.keys(forecasts).map((symbol) => [symbol, {}])), known);
  return priorityStrategy(priorityConfig.parse({ top: 2, ...settings })).decide(view, { equity: EQUITY, cash: EQUITY, highestEquity: EQUITY, positions });
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

  it('backs an entry with rank and drivers', () => {
    const drivers = [{ feature: 'return-5', value: -0.06, rank: 0.04, contribution: 0.3 }, { feature: 'sessions-to-earnings', value: null, rank: null, contribution: -0.1 }];
    const [{ evidence }] = decide({ A: said({ drivers, rest: 0.8 }) }).targets;
    expect(evidence.slice(0, 4)).toEqual([
      { code: 'model-rank', values: { model: 'LightGBM', score: 1, rank: 1, of: 1 } },
      { code: 'driver', values: { feature: 'return-5', contribution: 0.3, value: -0.06, rank: 0.04 } },
      { code: 'driver', values: { feature: 'sessions-to-earnings', contribution: -0.1 } },
      { code: 'other-features', values: { rest: 0.8, score: 1 } },
    ]);
  });
});
