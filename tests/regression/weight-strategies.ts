import { membershipTable } from '../../src/data/market.js';
import type { Universe } from '../../src/data/universe.js';
import { targetWeights, type TargetsPlan } from '../../src/lab/backtest/plan.js';
import { Panel } from '../../src/table/panel.js';

/** What weights are made from. */
export interface WeightMarket {
  readonly bars: Panel;
  /** Columns momentum-12-1, return-5, realized-volatility-63 over the same axes. */
  readonly features: Panel;
  readonly universe: Universe;
}

type Choose = (value: (feature: string, row: number) => number, rows: readonly number[]) => ReadonlyMap<number, number>;

const best = (count: number, score: (row: number) => number, rows: readonly number[]): number[] => rows.filter((row) => !Number.isNaN(score(row))).sort((a, b) => score(b) - score(a) || a - b).slice(0, count);
const alike = (rows: readonly number[], total = 1): [number, number][] => rows.map((row) => [row, total / rows.length]);

const WEIGHTS: Readonly<Record<string, { readonly every: number; readonly borrowFee?: number; readonly choose: Choose }>> = {
  'weights-equal': { every: 21, choose: (_, rows) => new Map(alike(rows)) },
  'weights-momentum-decile': { every: 21, choose: (value, rows) => new Map(alike(best(50, (row) => value('momentum-12-1', row), rows))) },
  'weights-reversal-daily': { every: 1, choose: (value, rows) => new Map(alike(best(25, (row) => -value('return-5', row), rows), 0.5)) },
  'weights-inverse-volatility': { every: 5, choose: (value, rows) => inverse(rows.filter((row) => value('realized-volatility-63', row) > 0), (row) => value('realized-volatility-63', row)) },
  'weights-long-short': { every: 5, borrowFee: 0.01, choose: (value, rows) => new Map([...alike(best(30, (row) => value('momentum-12-1', row), rows), 0.5), ...alike(best(30, (row) => -value('momentum-12-1', row), rows), -0.5)]) },
};

function inverse(rows: readonly number[], risk: (row: number) => number): Map<number, number> {
  const total = rows.reduce((sum, row) => sum + 1 / risk(row), 0);
  return new Map(rows.map((row) => [row, 1 / risk(row) / total]));
}

/** Strategies of the research book: daily and rare, long and short. */
export function weightPlans(market: WeightMarket, from: number): TargetsPlan[] {
  const { bars, features, universe } = market;
  const [names, width] = [bars.symbols.length, bars.sessions.length];
  const [close, member] = [bars.column('close'), membershipTable(bars, universe)];
  return Object.entries(WEIGHTS).map(([name, { every, borrowFee, choose }]) => {
    const weight = new Float64Array(names * width).fill(Number.NaN);
    for (let t = from; t < width; t += every) {
      const rows = [...bars.symbols.keys()].filter((row) => member[row * width + t] === 1 && close[row * width + t] > 0);
      const chosen = choose((feature, row) => features.column(feature)[row * width + t], rows);
      for (let row = 0; row < names; row++) weight[row * width + t] = chosen.get(row) ?? 0;
    }
    return targetWeights(bars, new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns: { weight } }), { name, params: { every }, ...(borrowFee === undefined ? {} : { borrowFee }) });
  });
}
