import { describe, expect, it } from 'vitest';

import { fromEpochDay, type IsoDate } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import type { Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { RiskFacts, RiskName } from '../../src/portfolio/rules/rule.js';
import { exposureOf } from '../../src/strategy/exposure.js';
import { riskFacts } from '../../src/strategy/risk-facts.js';
import type { BookView, Target } from '../../src/strategy/strategy.js';
import type { MarketView } from '../../src/strategy/view.js';
import { Panel } from '../../src/table/panel.js';
import { factsAbout, riskName } from '../portfolio/rules/book.js';
import { barsOf, sceneOf, type MadeName } from './made-bars.js';
import { makeMarket, until, viewAt } from './market.js';

const target = (symbol: string, changes: Partial<Target> = {}): Target => ({ symbol, action: 'enter', weight: 0.05, entry: 100, stop: 90, target: 120, trailing: null, horizon: 10, order: { kind: 'open' }, standing: { score: 1, rank: 1, of: 1 }, evidence: [], wouldDisprove: [], ...changes });
const book = (positions: readonly Position[] = [], changes: Partial<BookView> = {}): BookView => ({ equity: 1_000_000, cash: 1_000_000, highestEquity: 1_000_000, positions, recentStops: [], ...changes });
const facts = (view: MarketView, symbols: readonly string[], given: BookView = book()): RiskFacts => riskFacts(view, given, { targets: symbols.map((symbol, i) => target(symbol, { standing: { score: 1, rank: i + 1, of: symbols.length } })) });
const nameOf = (view: MarketView, symbol = 'A', given: BookView = book()): RiskName => facts(view, [symbol], given).names.get(symbol)!;

const market = makeMarket({ symbols: 10, sessions: 330, seed: 6 });
const INDEX = 320;
const view = viewAt(market, INDEX, { eligible: market.bars.symbols });

/** Closes from returns, from 100 on. */
const closesOf = (returns: readonly number[]): number[] => returns.reduce<number[]>((closes, change) => [...closes, closes.at(-1)! * (1 + change)], [100]);
const noise = (seed: number, count = 63): number[] => {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => 0.01 * rng.normal());
};

describe('the slope on the market', () => {
  it('of the market itself is 1', () => {
    expect(nameOf(sceneOf({ A: { close: closesOf(noise(1)) } })).beta).toBeCloseTo(1, 12);
  });

  it('is 1 in the mean of all that may be bought', () => {
    const names = facts(view, market.bars.symbols).names;
    const betas = [...names.values()].map(({ beta }) => beta);
    expect(betas.reduce((sum, beta) => sum + beta, 0) / betas.length).toBeCloseTo(1, 10);
    expect(Math.max(...betas)).toBeGreaterThan(Math.min(...betas));
  });

  it('is twice that of what moves half as much', () => {
    const returns = noise(2);
    const made = sceneOf({ A: { close: closesOf(returns.map((value) => 2 * value)) }, B: { close: closesOf(returns) } });
    const { names } = facts(made, ['A', 'B']);
    expect(names.get('A')!.beta).toBeCloseTo(4 / 3, 10);
    expect(names.get('B')!.beta).toBeCloseTo(2 / 3, 10);
  });

  it('is unknown with fewer than 40 returns', () => {
    const after = (count: number): number => nameOf(sceneOf({ A: { close: closesOf(noise(3, count)) } })).beta;
    expect(after(39)).toBeNaN();
    expect(after(40)).toBeCloseTo(1, 12);
  });
});

describe('the correlation of two names', () => {
  it('is the same both ways round, 1 with oneself, and within bounds', () => {
    const { correlation } = facts(view, market.bars.symbols);
    for (const a of market.bars.symbols) {
      expect(correlation(a, a)).toBeCloseTo(1, 12);
      for (const b of market.bars.symbols) {
        expect(correlation(a, b)).toBe(correlation(b, a));
        expect(Math.abs(correlation(a, b))).toBeLessThanOrEqual(1 + 1e-12);
      }
    }
  });

  it('is −1 of opposites, and unknown where one does not move or shares too few sessions', () => {
    const returns = noise(4);
    const gaps = closesOf(returns).map((close, t) => (t < 24 ? Number.NaN : close));
    const made = sceneOf({ A: { close: closesOf(returns) }, B: { close: closesOf(returns.map((value) => -value)) }, FLAT: { close: returns.map(() => 100).concat(100) }, NEW: { close: gaps } });
    const { correlation } = facts(made, ['A', 'B', 'FLAT', 'NEW']);
    expect(correlation('A', 'B')).toBeCloseTo(-1, 10);
    expect(correlation('A', 'FLAT')).toBeNaN();
    expect(correlation('A', 'NEW')).toBeNaN();
  });
});

describe('the loss of a bad night', () => {
  /** 252 nights: most of them nothing, some as told. */
  const nights = (bad: readonly number[], count = 252): MadeName => ({ close: Array.from({ length: count + 1 }, () => 100), open: Array.from({ length: count + 1 }, (_, t) => 100 * (1 + (bad[t - 10] ?? 0))) });

  it('is the mean of the worst twentieth, as a loss', () => {
    // a twentieth of 252 nights is 13: twelve of −2 % and one of −15 %, a gap up among them does not count
    const bad = [...Array.from({ length: 12 }, () => -0.02), -0.15, 0.3];
    expect(nameOf(sceneOf({ A: nights(bad) })).gapLoss).toBeCloseTo((12 * 0.02 + 0.15) / 13, 12);
  });

  it('is nothing for what only ever gaps up, and unknown for less than half a year', () => {
    expect(nameOf(sceneOf({ A: { ...nights([]), open: Array.from({ length: 253 }, () => 101) } })).gapLoss).toBe(0);
    expect(nameOf(sceneOf({ A: nights([-0.1], 125) })).gapLoss).toBeNaN();
    expect(nameOf(sceneOf({ A: nights([-0.1], 126) })).gapLoss).toBeCloseTo(0.1 / 6, 12);
  });
});

describe('what else is known of a name', () => {
  const closes = Array.from({ length: 30 }, () => 50);
  const bars = barsOf({ A: { close: closes } });
  const sessionOf = (index: number): IsoDate => fromEpochDay(bars.sessions[index]);
  const position = (changes: Partial<Position> = {}): Position => ({ symbol: 'A', shares: 400, entrySession: sessionOf(26), entryPrice: 50, cost: toCents(20_000), high: 50, stop: 40, target: 70, horizon: 10, trailing: null, ...changes });

  it('is its place, sector, volatility and traded value', () => {
    // the last 21 sessions are one of a billion, and of ten to 29 million
    const made = sceneOf({ A: { close: closes, tradedValue: closes.map((_, t) => (t < 10 ? 1e9 : 1e6 * t)), features: { 'realized-volatility-63': 0.4 } } }, { sectors: new Map([['A', 'Energy']]) });
    expect(nameOf(made)).toMatchObject({ priority: 1, sector: 'Energy', volatility: expect.closeTo(0.4, 6), dollarVolume: 20e6, held: 0, horizon: 10, locked: false });
    expect(nameOf(sceneOf({ A: { close: closes } }))).toMatchObject({ sector: null, volatility: Number.NaN, sessionsToEarnings: Number.NaN });
  });

  it('is when its report is expected, from the features of the day', () => {
    const day = new Panel({ symbols: ['A'], sessions: bars.sessions.slice(-1), columns: { 'sessions-to-earnings': Float32Array.of(4) } });
    expect(nameOf(sceneOf({ A: { close: closes } }, { today: day })).sessionsToEarnings).toBe(4);
  });

  it('is its weight at the last close and what is left of its horizon, when it is held', () => {
    const entered = bars.sessions.length - 4; // three sessions ago: by the next open it will have been held for four
    const made = sceneOf({ A: { close: closes } });
    const given = position({ entrySession: sessionOf(entered) });
    expect(nameOf(made, 'A', book([given]))).toMatchObject({ held: 0.02, horizon: 6, locked: false });
    expect(nameOf(made, 'A', book([position({ entrySession: sessionOf(0) })])).horizon).toBe(0);
  });

  it('is that it cannot be sold, when it is held and has no bar or one not to be believed', () => {
    const last = closes.length - 1;
    const silent = sceneOf({ A: { close: closes.map((close, t) => (t === last ? Number.NaN : close)) } });
    const suspect = sceneOf({ A: { close: closes, suspect: closes.map((_, t) => (t === last ? 1 : 0)) } });
    const given = book([position({ entrySession: sessionOf(20) })]);
    expect([nameOf(silent, 'A', given).locked, nameOf(suspect, 'A', given).locked]).toEqual([true, true]);
    expect(nameOf(silent, 'A', given).held).toBe(0.02);
    expect([nameOf(silent).locked, nameOf(suspect).locked]).toEqual([false, false]);
  });

  it('is a place behind all that is ranked, in the order of the decision, where it has none', () => {
    const made = sceneOf({ A: { close: closes }, B: { close: closes }, C: { close: closes } });
    const { names } = riskFacts(made, book(), { targets: [target('A', { standing: null }), target('B', { standing: { score: 1, rank: 250, of: 300 } }), target('C', { standing: null })] });
    const [a, b, c] = ['A', 'B', 'C'].map((symbol) => names.get(symbol)!.priority);
    expect(b).toBe(250);
    expect(b < a && a < c).toBe(true);
  });

});

describe('what is known of the book', () => {
  const made = sceneOf({ A: { close: [100, 100] } });

  it('is the session, equity, and how far it is below its highest', () => {
    expect(facts(made, ['A'], book([], { equity: 900_000, highestEquity: 1_200_000 }))).toMatchObject({ session: made.session, equity: 900_000, drawdown: 0.25 });
    expect(facts(made, ['A'], book([], { highestEquity: 900_000 })).drawdown).toBe(0);
    expect(facts(made, [], book([], { highestEquity: 0 })).drawdown).toBe(0);
  });

  it('is not what comes after the session', () => {
    const known = (given: MarketView): unknown => {
      const { names, correlation, ...rest } = facts(given, market.bars.symbols);
      return { names, rest, correlations: market.bars.symbols.map((symbol) => correlation(symbol, 'S00')) };
    };
    expect(known(viewAt(until(market, INDEX), INDEX, { eligible: market.bars.symbols }))).toEqual(known(view));
  });
});

describe('exposure', () => {
  const names = [riskName('A', { volatility: 0.2, beta: 0.8 }), riskName('B', { volatility: 0.4, beta: 1.5 }), riskName('C', { volatility: Number.NaN, beta: Number.NaN })];
  const given = factsAbout(names, { correlation: () => 0.25 });

  it('is the sum of weights, slopes and the volatility of the whole, by hand', () => {
    const { gross, beta, volatility } = exposureOf(new Map([['A', 0.5], ['B', 0.25], ['C', 0]]), given);
    expect(gross).toBe(0.75);
    expect(beta).toBeCloseTo(0.5 * 0.8 + 0.25 * 1.5, 12);
    expect(volatility).toBeCloseTo(Math.sqrt(0.1 ** 2 + 0.1 ** 2 + 2 * 0.25 * 0.1 * 0.1), 12);
  });

  it('is unknown where a part is, and nothing of nothing', () => {
    expect(exposureOf(new Map([['A', 0.5], ['C', 0.1]]), given)).toEqual({ gross: 0.6, beta: null, volatility: null });
    expect(exposureOf(new Map([['A', 0.5], ['B', 0.5]]), factsAbout(names, { correlation: () => Number.NaN }))).toMatchObject({ beta: expect.closeTo(1.15, 12), volatility: null });
    expect(exposureOf(new Map([['A', 0]]), given)).toEqual({ gross: 0, beta: 0, volatility: 0 });
  });

  it('of opposites is no less than nothing', () => {
    const opposites = factsAbout([riskName('A', { volatility: 0.3 }), riskName('B', { volatility: 0.3 })], { correlation: () => -1 - 1e-15 });
    expect(exposureOf(new Map([['A', 0.5], ['B', 0.5]]), opposites).volatility).toBeCloseTo(0, 7);
  });
});
