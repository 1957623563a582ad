import { describe, expect, it } from 'vitest';

import type { Position } from '../../src/portfolio/book.js';
import { momentumConfig, type MomentumConfig } from '../../src/strategy/momentum/config.js';
import { momentum } from '../../src/strategy/momentum/momentum.js';
import type { Decision, Target } from '../../src/strategy/strategy.js';
import type { Forecast, MarketView } from '../../src/strategy/view.js';
import { held, ladder, scene, sessionAgo, type Name } from './scene.js';

const EQUITY = 1_000_000;

function decide(view: MarketView, positions: readonly Position[] = [], settings: Partial<MomentumConfig> = {}): Decision {
  return momentum(momentumConfig.parse({ top: 3, ...settings })).decide(view, { equity: EQUITY, cash: EQUITY, highestEquity: EQUITY, positions, recentStops: [] });
}

const symbolsTo = ({ targets }: Decision, action: Target['action']): string[] => targets.filter((target) => target.action === action).map(({ symbol }) => symbol);
const why = ({ leftOut }: Decision, symbol: string): string | undefined => leftOut.find((one) => one.symbol === symbol)?.reason;
/** First reason for what is done about the one held name. */
const outcome = (name: Name, position: Position, settings: Partial<MomentumConfig> = {}, others = ladder(8)): string => {
  const { targets } = decide(scene({ ...others, X: name }), [position], settings);
  const { action, evidence } = targets.find(({ symbol }) => symbol === 'X')!;
  return `${action}: ${evidence[0].code}`;
};

describe('what momentum enters', () => {
  it('is the best, as many as it may hold', () => {
    const decision = decide(scene(ladder(6)));
    expect(symbolsTo(decision, 'enter')).toEqual(['S01', 'S02', 'S03']);
    expect(decision.leftOut.map(({ symbol }) => symbol)).toEqual(['S04', 'S05', 'S06']);
    expect(why(decision, 'S04')).toBe('ranked below the best 3');
  });

  it('is the first by name among equals', () => {
    const equal = { momentum: 0.2 };
    expect(symbolsTo(decide(scene({ D: equal, B: equal, A: equal, C: equal })), 'enter')).toEqual(['A', 'B', 'C']);
  });

  it('exceeds the least momentum', () => {
    const decision = decide(scene({ A: { momentum: 0.1 }, B: { momentum: 0 }, C: { momentum: -0.2 } }));
    expect(symbolsTo(decision, 'enter')).toEqual(['A']);
    expect([why(decision, 'B'), why(decision, 'C')]).toEqual(['momentum at or below 0', 'momentum at or below 0']);
  });

  it('lacks nothing: says what each of the others lacks', () => {
    const decision = decide(scene({ A: {}, B: { momentum: Number.NaN }, C: { volatility: 0 }, D: { range: Number.NaN }, E: { dollarVolume: 9_999_999 }, F: { dollarVolume: Number.NaN }, G: { eligible: false } }));
    expect(symbolsTo(decision, 'enter')).toEqual(['A']);
    expect(Object.fromEntries(decision.leftOut.map(({ symbol, reason }) => [symbol, reason]))).toEqual({
      B: 'no comparable price 252 or 21 sessions ago',
      C: 'too few bars for volatility and range',
      D: 'too few bars for volatility and range',
      E: 'median traded value below 10,000,000 a session',
      F: 'median traded value below 10,000,000 a session',
    });
  });

  it('fills the places that are free', () => {
    const decision = decide(scene(ladder(6)), [held('S02')]);
    expect(symbolsTo(decision, 'enter')).toEqual(['S01', 'S03']);
    expect(symbolsTo(decision, 'hold')).toEqual(['S02']);
  });

  it('takes the places of those that leave tonight, and not the leavers themselves', () => {
    const decision = decide(scene(ladder(6)), [held('S01', { stop: 101 }), held('S02'), held('S03')]);
    expect(symbolsTo(decision, 'exit')).toEqual(['S01']);
    expect(symbolsTo(decision, 'enter')).toEqual(['S04']);
  });

  it('finds no place while names in the buffer hold theirs, and says so', () => {
    const decision = decide(scene(ladder(6)), [held('S04'), held('S05'), held('S06')]);
    expect(symbolsTo(decision, 'enter')).toEqual([]);
    expect(why(decision, 'S01')).toBe('no room: what is held and what ranks higher fill the book');
  });

  it('has levels in ranges from the close and lasts the horizon', () => {
    const [target] = decide(scene({ A: { close: 80, range: 0.02 } }), [], { stopRanges: 2, targetRanges: 4, horizon: 7 }).targets;
    expect(target).toMatchObject({ symbol: 'A', action: 'enter', entry: 80, stop: expect.closeTo(80 * 0.96, 4), target: expect.closeTo(80 * 1.08, 4), horizon: 7 });
  });

  it('never has a stop at or below nothing', () => {
    expect(decide(scene({ A: { range: 0.5 } }), [], { stopRanges: 3 }).targets[0].stop).toBe(0.01);
  });

  it('is weighed by volatility, up to the largest weight', () => {
    const { targets } = decide(scene({ A: { volatility: 0.25 }, B: { volatility: 0.5 }, C: { volatility: 0.01 } }), [], { top: 10, targetVolatility: 0.2 });
    expect(Object.fromEntries(targets.map(({ symbol, weight }) => [symbol, weight]))).toEqual({ A: expect.closeTo(0.08, 6), B: expect.closeTo(0.04, 6), C: 0.08 });
  });

  it('is not what its stop sold a few sessions ago', () => {
    const sold = (ago: number, cooldown = 3): string[] => {
      const config = momentumConfig.parse({ top: 1, cooldown });
      const decision = momentum(config).decide(scene(ladder(2)), { equity: EQUITY, cash: EQUITY, highestEquity: EQUITY, positions: [], recentStops: [{ symbol: 'S01', session: sessionAgo(ago) }] });
      if (decision.targets[0].symbol !== 'S01') expect(why(decision, 'S01')).toBe(`its stop sold it within the last ${cooldown} sessions`);
      return symbolsTo(decision, 'enter');
    };
    expect([0, 1, 2, 3].map((ago) => sold(ago)[0])).toEqual(['S02', 'S02', 'S02', 'S01']);
    expect(sold(0, 0)).toEqual(['S01']);
  });

  it('is not what a risk rule barred, which keeps its place all the same', () => {
    const decision = decide(scene(ladder(5)).barring(new Set(['S02'])));
    expect(decision.targets.map(({ symbol, standing }) => [symbol, standing!.rank])).toEqual([['S01', 1], ['S03', 3], ['S04', 4]]);
  });

  it('shares what is left below the largest sum', () => {
    const holding = held('S01', { shares: 8000 }); // 80 % of the equity
    const { targets } = decide(scene(ladder(3)), [holding], { maxGross: 0.83, maxWeight: 0.5, targetVolatility: 0.5 });
    const weights = Object.fromEntries(targets.map(({ symbol, weight }) => [symbol, weight]));
    expect(weights['S01']).toBeCloseTo(0.8, 12);
    expect(weights['S02']).toBeCloseTo(0.015, 12);
    expect(weights['S03']).toBeCloseTo(0.015, 12);
  });

  it('is nothing once what is held fills the largest sum', () => {
    const decision = decide(scene(ladder(3)), [held('S01', { shares: 8000 })], { maxGross: 0.8 });
    expect(symbolsTo(decision, 'enter')).toEqual([]);
    expect(why(decision, 'S02')).toBe('no room: what is held and what ranks higher fill the book');
  });

  it('brings its forecast along where there is one', () => {
    const silent: Forecast = { model: 'made up', score: 1, expectedReturn: null, edge: null, interval: null, coverage: 0.8, horizon: 5, drivers: [], rest: null };
    const forecasts = new Map<string, Forecast>([
      ['A', { ...silent, expectedReturn: 0.01, interval: [-0.05, 0.07] as const }],
      ['B', silent],
    ]);
    const { targets } = decide(scene({ A: {}, B: {}, C: {} }, forecasts));
    const codes = (symbol: string): string[] => targets.find((target) => target.symbol === symbol)!.evidence.map(({ code }) => code);
    expect(codes('A')).toEqual(['momentum', 'forecast', 'size', 'levels', 'liquidity']);
    expect(codes('B')).toEqual(['momentum', 'size', 'levels', 'liquidity']);
    expect(codes('C')).toEqual(codes('B'));
    expect(targets[0].evidence[1].values).toEqual({ expectedReturn: 0.01, low: -0.05, high: 0.07, coverage: 0.8, horizon: 5 });
  });
});

describe('what momentum does about a held name', () => {
  const inBuffer: Name = { momentum: 0.945 }; // rank 6 of 9 beside the ladder, within 3 × 2

  it.each<[string, Name, Position, string]>([
    ['it ranks low but was bought this session', { momentum: 0.5 }, held('X', { ago: 0 }), 'hold: held'],
    ['it is in the buffer', inBuffer, held('X'), 'hold: held'],
    ['it fell out of the buffer', { momentum: 0.5 }, held('X'), 'exit: rank'],
    ['the close is at the stop', { ...inBuffer, close: 90 }, held('X', { stop: 90 }), 'exit: stop'],
    ['the close is above the stop', { ...inBuffer, close: 90.01 }, held('X', { stop: 90 }), 'hold: held'],
    ['the close is at the target', { ...inBuffer, close: 110 }, held('X', { target: 110 }), 'exit: target'],
    ['the close is below the target', { ...inBuffer, close: 109.99 }, held('X', { target: 110 }), 'hold: held'],
    ['it may no longer be bought', { ...inBuffer, eligible: false }, held('X'), 'exit: not-eligible'],
    ['it has become too illiquid', { ...inBuffer, dollarVolume: 1 }, held('X'), 'exit: not-eligible'],
    ['it has no bar tonight', { ...inBuffer, close: Number.NaN }, held('X'), 'hold: held'],
    ['its bar is suspect and at the stop', { ...inBuffer, close: 40, suspect: true }, held('X', { stop: 50 }), 'hold: held'],
    ['its bar is suspect at the horizon', { ...inBuffer, suspect: true }, held('X', { ago: 9 }), 'hold: held'],
    ['it has no bar at the horizon', { ...inBuffer, close: Number.NaN }, held('X', { ago: 9 }), 'exit: horizon'],
    ['its stop counts before its horizon', { ...inBuffer, close: 40 }, held('X', { ago: 9 }), 'exit: stop'],
  ])('when %s', (_, name, position, expected) => {
    expect(outcome(name, position)).toBe(expected);
  });

  it('leaves so that it lasts its horizon from open to open, not a session more', () => {
    // entered at the open ten sessions ago less one, the next open is ten sessions after it
    expect(outcome(inBuffer, held('X', { ago: 8, horizon: 10 }))).toBe('hold: held');
    expect(outcome(inBuffer, held('X', { ago: 9, horizon: 10 }))).toBe('exit: horizon');
    expect(outcome(inBuffer, held('X', { ago: 2, horizon: 3 }))).toBe('exit: horizon');
    expect(outcome(inBuffer, held('X', { ago: 1, horizon: 3 }))).toBe('hold: held');
  });

  it('does not leave for its rank before it has lasted the least number of sessions', () => {
    const fallen: Name = { momentum: 0.5 };
    expect(outcome(fallen, held('X', { ago: 1 }), { minHorizon: 3 })).toBe('hold: held');
    expect(outcome(fallen, held('X', { ago: 2 }), { minHorizon: 3 })).toBe('exit: rank');
    expect(outcome({ ...fallen, close: 40 }, held('X', { ago: 0 }), { minHorizon: 3 })).toBe('exit: stop');
  });

  it('draws the edge of the buffer at top × keepWithin', () => {
    const ranked = (rank: number): Name => ({ momentum: 0.99 - 0.01 * (rank - 1) + 0.005 });
    expect(outcome(ranked(6), held('X'), { keepWithin: 2 })).toBe('hold: held');
    expect(outcome(ranked(7), held('X'), { keepWithin: 2 })).toBe('exit: rank');
    expect(outcome(ranked(4), held('X'), { keepWithin: 1 })).toBe('exit: rank');
  });

  it('keeps entry, levels and horizon as they were, at the weight of today', () => {
    const position = held('X', { stop: 91, target: 131, horizon: 8, shares: 500 });
    const { targets } = decide(scene({ X: { close: 120 } }), [position]);
    const standing = { score: expect.closeTo(0.1, 6), rank: 1, of: 1 };
    const wouldDisprove = [
      { code: 'breaks-stop', values: { stop: 91, distance: expect.closeTo(91 / 120 - 1, 12) } },
      { code: 'falls-in-rank', values: { limit: 6, date: sessionAgo(-1) } },
      { code: 'time-runs-out', values: { date: sessionAgo(-3), sessions: 3 } },
    ];
    expect(targets).toEqual([{ symbol: 'X', action: 'hold', weight: 0.06, entry: 100, stop: 91, target: 131, trailing: null, horizon: 8, order: null, standing, evidence: [{ code: 'held', values: { sessions: 5, return: expect.closeTo(0.2, 12), rank: 1, of: 1 } }], wouldDisprove }]);
  });

  it('gives an exit no weight, the reason first and the outcome so far', () => {
    const { targets } = decide(scene({ X: { close: 40 } }), [held('X')]);
    const standing = { score: expect.closeTo(0.1, 6), rank: 1, of: 1 };
    expect(targets).toEqual([{ symbol: 'X', action: 'exit', weight: 0, entry: 100, stop: 50, target: 200, trailing: null, horizon: 10, order: null, standing, wouldDisprove: [], evidence: [{ code: 'stop', values: { close: 40, stop: 50 } }, { code: 'held', values: { sessions: 5, return: expect.closeTo(-0.6, 12) } }] }]);
  });
});
