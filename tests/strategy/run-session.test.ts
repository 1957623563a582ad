import { describe, expect, it } from 'vitest';

import { fromEpochDay, type IsoDate } from '../../src/core/dates.js';
import { openBook, type Book, type Order, type Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import { costsConfig, type Brackets } from '../../src/portfolio/config.js';
import { createCostModel } from '../../src/portfolio/costs.js';
import { riskConfig, type RiskConfig } from '../../src/portfolio/rules/config.js';
import { sharesOf } from '../../src/strategy/decide-session.js';
import type { DatedAction } from '../../src/strategy/dated-action.js';
import type { Evidence } from '../../src/strategy/evidence.js';
import { momentumConfig } from '../../src/strategy/momentum/config.js';
import { momentum } from '../../src/strategy/momentum/momentum.js';
import { runSession, type SessionInputs, type SessionResult } from '../../src/strategy/run-session.js';
import type { BookView, Strategy, Target } from '../../src/strategy/strategy.js';
import { only } from '../portfolio/rules/book.js';
import { barsOf, featuresOf, type MadeName } from './made-bars.js';
import { eligibleAt, forecastsFor, makeMarket, sessionAt, until } from './market.js';

const FREE = createCostModel(costsConfig.parse({ commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 }));

type Wish = Partial<Target> & Pick<Target, 'symbol' | 'action'>;
const targetOf = (wish: Wish): Target => ({ weight: wish.action === 'exit' ? 0 : 0.1, entry: 100, stop: 90, target: 120, trailing: null, horizon: 5, order: wish.action === 'enter' ? { kind: 'open' } : null, standing: null, evidence: [{ code: 'held', values: {} }], wouldDisprove: [], ...wish });

/** A strategy that wants exactly this, unless a rule bars it; it keeps the last book that it was shown. */
function wanting(wishes: readonly Wish[]): Strategy & { shown: BookView | null } {
  const strategy = { name: 'wanting', describe: 'asks for what the test says', lookback: 1, features: [], shown: null as BookView | null, decide: (view: Parameters<Strategy['decide']>[0], book: BookView) => {
    strategy.shown = book;
    return { session: view.session, targets: wishes.filter(({ symbol }) => !view.isBarred(symbol)).map(targetOf), leftOut: [] };
  } };
  return strategy;
}

interface Told {
  readonly wishes?: readonly Wish[];
  readonly strategy?: Strategy;
  readonly brackets?: Brackets;
  readonly risk?: RiskConfig;
  /** By symbol and position of their ex-date. */
  readonly actions?: Readonly<Record<string, readonly (readonly [at: number, kind: DatedAction['kind'], value: number])[]>>;
}

function inputsOf(names: Readonly<Record<string, MadeName>>, actions: Told['actions'] = {}): SessionInputs {
  const bars = barsOf(names);
  const index = bars.sessions.length - 1;
  const dated = new Map(Object.entries(actions).map(([symbol, list]) => [symbol, list.map(([at, kind, value]) => ({ exDay: bars.sessions[at], kind, value }))]));
  return { index, bars, features: featuresOf(names, bars), eligible: bars.symbols, forecasts: new Map(), actions: dated };
}

function run(names: Readonly<Record<string, MadeName>>, before: Book, { wishes = [], strategy = wanting(wishes), brackets = 'resting', risk = only({}), actions }: Told = {}): SessionResult {
  return runSession(inputsOf(names, actions), before, { strategy, risk, step: { costs: FREE, brackets } });
}

const DAYS = barsOf({ A: { close: Array.from({ length: 20 }, () => 1) } }).sessions;
const day = (index: number): IsoDate => fromEpochDay(DAYS[index]);
const position = (changes: Partial<Position> = {}): Position => ({ symbol: 'A', shares: 100, entrySession: day(0), entryPrice: 100, cost: toCents(10_000), high: 100, stop: 90, target: 120, horizon: 10, trailing: null, ...changes });
const bookAt = (index: number, content: Partial<Book> = {}): Book => ({ ...openBook(100_000), session: day(index), ...content });
const buy = (changes: Partial<Order> = {}): Order => ({ symbol: 'A', side: 'buy', shares: 10, decidedOn: day(1), plan: { stop: 90, target: 120, horizon: 5, trailing: null }, ...changes });
const shown = ({ fills }: SessionResult): unknown[] => fills.map(({ symbol, side, shares, price, session, reason }) => [symbol, side, shares, price, session, reason]);

describe('what rests in the market', () => {
  const dip: MadeName = { close: [100, 100, 97], open: [100, 100, 98], high: [100, 100, 99], low: [100, 100, 89] };

  it('sells at the stop that the session touched, and the evening knows', () => {
    const strategy = wanting([]);
    const result = run({ A: dip }, bookAt(1, { positions: [position()] }), { strategy });
    expect(shown(result)).toEqual([['A', 'sell', 100, 90, day(2), 'stop']]);
    expect(strategy.shown).toEqual({ equity: 109_000, cash: 109_000, highestEquity: 109_000, positions: [], recentStops: [{ symbol: 'A', session: day(2) }] });
    expect(result.book.positions).toEqual([]);
    expect(result.equity).toBe(109_000);
  });

  it('sells at the target', () => {
    const rise: MadeName = { close: [100, 100, 119], high: [100, 100, 121], low: [100, 100, 100] };
    expect(shown(run({ A: rise }, bookAt(1, { positions: [position()] })))).toEqual([['A', 'sell', 100, 120, day(2), 'target']]);
  });

  it('does nothing where stops and targets are judged at the close', () => {
    const strategy = wanting([{ symbol: 'A', action: 'hold' }]);
    const result = run({ A: dip }, bookAt(1, { positions: [position()] }), { strategy, brackets: 'close' });
    expect(result.fills).toEqual([]);
    expect(strategy.shown!.positions).toHaveLength(1);
  });

  it('follows the highest close, and sells where it has come to', () => {
    const run3 = run({ A: { close: [100, 110, 106], low: [100, 109, 104] } }, bookAt(0, { positions: [position({ trailing: 5 })] }));
    expect(shown(run3)).toEqual([['A', 'sell', 100, 105, day(2), 'stop']]);
    const held = run({ A: { close: [100, 110, 106], low: [100, 109, 105.5] } }, bookAt(0, { positions: [position({ trailing: 5 })] }), { wishes: [{ symbol: 'A', action: 'hold' }] });
    expect(held.book.positions[0]).toMatchObject({ stop: 105, high: 110 });
  });

  it('also limits what is bought: at the limit where the session reaches it, or not at all', () => {
    const limited = bookAt(1, { orders: [buy({ limit: 98 })] });
    const reached = run({ A: { close: [100, 100, 99], open: [100, 100, 100], low: [100, 100, 97.5], high: [100, 100, 100] } }, limited, { wishes: [{ symbol: 'A', action: 'hold' }] });
    expect(shown(reached)).toEqual([['A', 'buy', 10, 98, day(2), 'entry']]);
    const missed = run({ A: { close: [100, 100, 99], open: [100, 100, 100], low: [100, 100, 98.5], high: [100, 100, 100] } }, limited);
    expect(missed.fills).toEqual([]);
    expect(missed.unfilled).toEqual([{ symbol: 'A', reason: `the low of 98.50 on ${day(2)} did not reach the limit of 98.00` }]);
    expect(missed.book.orders).toEqual([]);
  });
});

describe('sessions on which nobody decided', () => {
  it('are stepped through one by one: orders fill in the first, stops in any', () => {
    const close = [100, 100, 100, 100, 89, 95];
    const result = run({ A: { close }, B: { close: close.map(() => 50) } }, bookAt(1, { positions: [position()], orders: [buy({ symbol: 'B', shares: 20, plan: { stop: 40, target: 70, horizon: 5, trailing: null } })] }), { wishes: [{ symbol: 'B', action: 'hold' }] });
    expect(shown(result)).toEqual([['B', 'buy', 20, 50, day(2), 'entry'], ['A', 'sell', 100, 89, day(4), 'stop']]);
    expect(result.missedSessions).toBe(3);
    expect(result.book.session).toBe(day(5));
  });

  it('are none the evening after, and none before the first decision', () => {
    const names = { A: { close: [100, 100, 100] } };
    expect(run(names, bookAt(1)).missedSessions).toBe(0);
    expect(run(names, openBook(100_000)).missedSessions).toBe(0);
    expect(run(names, bookAt(0)).missedSessions).toBe(1);
  });

  it('leave a book with the same fills, cash and positions as deciding nothing on each', () => {
    const names = { A: { close: [100, 103, 97, 108, 104, 111], low: [99, 101, 95, 100, 99, 104], high: [101, 105, 102, 109, 110, 115] }, B: { close: [50, 49, 48, 52, 54, 51] } };
    const start = bookAt(0, { positions: [position({ trailing: 9, target: 400 })], orders: [buy({ symbol: 'B', decidedOn: day(0), plan: { stop: 48.5, target: 70, horizon: 5, trailing: null } })] });
    const whole = inputsOf(names);
    const rules = { strategy: wanting([]), risk: only({}), step: { costs: FREE, brackets: 'resting' as const } };
    const atOnce = runSession(whole, start, rules);
    let book = start;
    const fills: unknown[] = [];
    for (let index = 1; index <= 5; index++) {
      const evening = runSession({ ...whole, index, ...lastOf(whole, index) }, book, rules);
      fills.push(...evening.fills);
      book = evening.book;
    }
    expect(fills).toEqual(atOnce.fills);
    expect({ ...book, highestEquity: 0 }).toEqual({ ...atOnce.book, highestEquity: 0 });
  });
});

/** Inputs as they were on an earlier evening. */
function lastOf({ bars }: SessionInputs, index: number): Pick<SessionInputs, 'bars' | 'features'> {
  const cut = bars.slice(0, index + 1);
  return { bars: cut, features: cut.columns([]) };
}

describe('orders for the next session', () => {
  const names: Record<string, MadeName> = { A: { close: [100, 100] }, B: { close: [200, 200] } };
  const holding = bookAt(0, { positions: [position(), position({ symbol: 'B', stop: 150, target: 300 })] });
  const sale = (evidence: readonly Evidence[]): readonly Order[] => run(names, holding, { wishes: [{ symbol: 'A', action: 'exit', evidence }, { symbol: 'B', action: 'hold' }], brackets: 'close' }).book.orders;

  it.each<[string, Evidence, Order['kind']]>([
    ['its horizon', { code: 'horizon', values: { sessions: 5, horizon: 5 } }, 'time'],
    ['its stop', { code: 'stop', values: { close: 89, stop: 90 } }, 'stop'],
    ['its target', { code: 'target', values: { close: 121, target: 120 } }, 'target'],
    ['its rank', { code: 'rank', values: { rank: 50, limit: 40 } }, 'exit'],
    ['not being eligible', { code: 'not-eligible', values: {} }, 'exit'],
  ])('sell all of what is left for %s, and say why', (_, reason, kind) => {
    expect(sale([reason, { code: 'held', values: {} }])).toEqual([{ symbol: 'A', side: 'sell', shares: 100, decidedOn: day(1), plan: null, kind }]);
  });

  it('buy whole shares of the weight, at the open or limited, with the plan', () => {
    const { orders } = run(names, openBook(100_000), { wishes: [{ symbol: 'A', action: 'enter', weight: 0.0599, trailing: 4 }, { symbol: 'B', action: 'enter', weight: 0.1, entry: 200, stop: 180, target: 240, order: { kind: 'limit', limit: 198 } }] }).book;
    expect(orders).toEqual([
      { symbol: 'A', side: 'buy', shares: 59, decidedOn: day(1), plan: { stop: 90, target: 120, horizon: 5, trailing: 4 }, limit: null, kind: 'entry' },
      { symbol: 'B', side: 'buy', shares: 50, decidedOn: day(1), plan: { stop: 180, target: 240, horizon: 5, trailing: null }, limit: 198, kind: 'entry' },
    ]);
  });

  it('sell the part that a rule cuts, in whole shares at the last close', () => {
    // 10,000 of 130,000 in A: 7.7 %, to be 5 %, which 65 shares are; 20,000 in B: 15.4 %, to be 5 %: 32.5 shares
    const { book, decision } = run(names, holding, { wishes: [{ symbol: 'A', action: 'hold', weight: 10 / 130 }, { symbol: 'B', action: 'hold', weight: 20 / 130 }], risk: only({ maxWeight: { max: 0.05 } }) });
    expect(decision.targets.map(({ action }) => action)).toEqual(['reduce', 'reduce']);
    expect(book.orders).toEqual([
      { symbol: 'A', side: 'sell', shares: 35, decidedOn: day(1), plan: null, kind: 'reduce' },
      { symbol: 'B', side: 'sell', shares: 68, decidedOn: day(1), plan: null, kind: 'reduce' },
    ]);
  });

  it('sell all of what a rule cuts to nothing, as an exit', () => {
    const { book } = run(names, holding, { wishes: [{ symbol: 'A', action: 'hold', weight: 10 / 130 }, { symbol: 'B', action: 'hold', weight: 20 / 130 }], risk: only({ maxNames: { max: 1 } }) });
    expect(book.orders).toEqual([{ symbol: 'B', side: 'sell', shares: 100, decidedOn: day(1), plan: null, kind: 'exit' }]);
  });

  it('are none where the weight does not buy one share, and that is told', () => {
    const { decision, book } = run(names, openBook(100_000), { wishes: [{ symbol: 'A', action: 'enter', weight: 0.00099 }, { symbol: 'B', action: 'enter', weight: 0.002, entry: 200 }] });
    expect(book.orders.map(({ symbol, shares }) => [symbol, shares])).toEqual([['B', 1]]);
    expect(decision.targets.map(({ symbol }) => symbol)).toEqual(['B']);
    expect(decision.leftOut).toEqual([{ symbol: 'A', reason: 'its weight does not buy one share' }]);
  });

  it('count what is a whole share but for rounding as one', () => {
    expect([sharesOf(0.1, 1000, 100), sharesOf(0.3, 1000, 100), sharesOf(0.0999, 1000, 100), sharesOf(0, 1000, 100)]).toEqual([1, 3, 0, 0]);
    expect(sharesOf(0.1 + 0.2, 1000, 100)).toBe(3);
    expect(sharesOf(0.29 / 0.1, 100, 10)).toBe(29);
  });
});

describe('splits and dividends', () => {
  it('change shares, levels and cash of what is held, and are told', () => {
    const result = run({ A: { close: [100, 50], basis: 1 } }, bookAt(0, { positions: [position({ trailing: 8 })] }), { wishes: [{ symbol: 'A', action: 'hold' }], actions: { A: [[1, 'dividend', 0.5], [1, 'split', 2]] } });
    expect(result.book.positions[0]).toMatchObject({ shares: 200, entryPrice: 50, stop: 46, target: 60, trailing: 4, high: 50 });
    expect(result.events.map(({ kind }) => kind)).toEqual(['dividend', 'split']);
    expect(result.equity).toBe(100_050 + 200 * 50);
  });

  it('of sessions on which nobody decided count too, once', () => {
    const before = bookAt(0, { positions: [position({ stop: 1 })] });
    const result = run({ A: { close: [100, 99, 49, 48, 47] } }, before, { wishes: [{ symbol: 'A', action: 'hold' }], actions: { A: [[0, 'dividend', 9], [2, 'split', 2], [3, 'dividend', 0.25]] } });
    expect(result.events).toEqual([
      { kind: 'split', session: day(2), exDay: DAYS[2], symbol: 'A', ratio: 2, sharesBefore: 100, sharesAfter: 200 },
      { kind: 'dividend', session: day(3), exDay: DAYS[3], symbol: 'A', shares: 200, perShare: 0.25, cents: 5000 },
    ]);
  });
});

describe('actions that became known after their session', () => {
  it('are applied once, and no more on the evenings after', () => {
    const names = { A: { close: [100, 100, 50, 50, 50] } };
    const start = bookAt(0, { positions: [position({ stop: 1 })] });
    const rules = { strategy: wanting([{ symbol: 'A', action: 'hold' }]), risk: only({}), step: { costs: FREE, brackets: 'resting' as const } };
    const split = { A: [[2, 'split', 2]] } as const;
    const unaware = { ...inputsOf(names), index: 2, ...lastOf(inputsOf(names), 2) };
    const before = runSession(unaware, start, rules);
    expect(before.book.positions[0].shares).toBe(100);
    const aware = inputsOf(names, split);
    const late = runSession({ ...aware, index: 3, ...lastOf(aware, 3) }, before.book, rules);
    expect(late.book.positions[0]).toMatchObject({ shares: 200, entryPrice: 50 });
    expect(late.events).toEqual([{ kind: 'split', session: day(3), exDay: DAYS[2], symbol: 'A', ratio: 2, sharesBefore: 100, sharesAfter: 200 }]);
    expect(late.book.appliedActions).toEqual([{ symbol: 'A', kind: 'split', exDay: DAYS[2] }]);
    const after = runSession({ ...aware, index: 4, ...lastOf(aware, 4) }, late.book, rules);
    expect([after.book.positions[0].shares, after.events]).toEqual([200, []]);
  });
});

describe('what a stop sold', () => {
  it('is remembered for twenty sessions, and shown to the strategy', () => {
    const days = barsOf({ A: { close: Array.from({ length: 40 }, () => 1) } }).sessions;
    const on = (index: number): IsoDate => fromEpochDay(days[index]);
    const recentStops = [{ symbol: 'OLD', session: on(10) }, { symbol: 'NEW', session: on(11) }];
    const strategy = wanting([]);
    const names = { A: { close: Array.from({ length: 31 }, () => 100), low: Array.from({ length: 31 }, (_, t) => (t === 30 ? 80 : 100)) } };
    const { book } = run(names, { ...openBook(100_000), session: on(29), positions: [position()], recentStops }, { strategy });
    expect(book.recentStops).toEqual([{ symbol: 'NEW', session: on(11) }, { symbol: 'A', session: on(30) }]);
    expect(strategy.shown!.recentStops).toEqual(book.recentStops);
  });

  it('is not what was sold for another reason', () => {
    const { book, fills } = run({ A: { close: [100, 100, 119], high: [100, 100, 121] } }, bookAt(1, { positions: [position()] }));
    expect([fills[0].reason, book.recentStops]).toEqual(['target', []]);
  });
});

describe('equity and its highest', () => {
  it('are at the last closes, and the highest of all decisions', () => {
    const names = { A: { close: [100, 80] } };
    const before = bookAt(0, { positions: [position({ stop: 50 })], highestEquity: 115_000 });
    const result = run(names, before, { wishes: [{ symbol: 'A', action: 'hold' }] });
    expect([result.equity, result.book.highestEquity, result.decision.drawdown]).toEqual([108_000, 115_000, expect.closeTo(7 / 115, 12)]);
    expect(run(names, { ...before, highestEquity: 0 }, { wishes: [{ symbol: 'A', action: 'hold' }] }).book.highestEquity).toBe(108_000);
  });

  it('count a name without a bar at its last close, in shares of the session', () => {
    const result = run({ A: { close: [100, 100, Number.NaN], open: [100, 100, Number.NaN] } }, bookAt(1, { positions: [position()] }), { wishes: [{ symbol: 'A', action: 'hold' }], actions: { A: [[2, 'split', 2]] } });
    expect(result.book.positions[0].shares).toBe(200);
    expect([result.equity, result.book.highestEquity]).toEqual([110_000, 110_000]);
  });

  it('do not believe a suspect close before the next bar', () => {
    const names = { A: { close: [100, 100, 500], high: [100, 100, 500], suspect: [0, 0, 1] } };
    expect(run(names, bookAt(1, { positions: [position()] }), { wishes: [{ symbol: 'A', action: 'hold' }] }).equity).toBe(110_000);
  });

  it('need a price of everything held', () => {
    expect(() => run({ A: { close: [100, 100] } }, bookAt(0, { positions: [position({ symbol: 'GONE' })] }))).toThrow(`expected a price of everything that is held, found none of "GONE" up to ${day(1)}`);
  });
});

describe('a session of a market with holes', () => {
  const market = makeMarket({ symbols: 20, sessions: 340, seed: 15, faults: true });
  const rules = { strategy: momentum(momentumConfig.parse({ top: 6, minMomentum: -1, entry: 'limit', stop: 'structure', trailingRanges: 2, horizon: 4 })), risk: riskConfig.parse({ maxNames: { max: 5 } }), step: { costs: createCostModel(costsConfig.parse({ model: 'liquidity' })), brackets: 'resting' as const } };
  const inputs = (index: number, { bars, features } = market): SessionInputs => ({ index, bars, features, eligible: eligibleAt(market, index), forecasts: forecastsFor(market, index), actions: new Map() });

  /** Twenty evenings in a row, on what `of` makes of each. */
  function evenings(of: (index: number) => SessionInputs): SessionResult[] {
    const results: SessionResult[] = [];
    for (let index = 300; index < 320; index++) results.push(runSession(of(index), results.at(-1)?.book ?? openBook(1_000_000), rules));
    return results;
  }
  const usual = evenings((index) => inputs(index));

  it('trades: buys, sells, and for several reasons', () => {
    const reasons = new Set(usual.flatMap(({ fills }) => fills.map(({ reason }) => reason)));
    expect(reasons).toContain('entry');
    expect(reasons.size).toBeGreaterThan(2);
  });

  it('is the same twice', () => {
    expect(evenings((index) => inputs(index))).toEqual(usual);
  });

  it('is the same whatever comes after it', () => {
    expect(evenings((index) => inputs(index, until(market, index)))).toEqual(usual);
  });

  it('leaves the book that it was given alone', () => {
    const before = usual[9].book;
    const copy = structuredClone(before);
    runSession(inputs(310), before, rules);
    expect(before).toEqual(copy);
  });

  it('accounts for the cash to the cent, and for every order it gave', () => {
    for (let i = 1; i < usual.length; i++) {
      const [before, { book, fills, unfilled }] = [usual[i - 1].book, usual[i]];
      const moved = fills.reduce((sum, { side, gross, commission }) => sum + (side === 'sell' ? 1 : -1) * gross - commission, 0);
      expect(book.cash - before.cash).toBe(moved);
      for (const { symbol, side } of before.orders) expect(fills.some((fill) => fill.symbol === symbol && fill.side === side) || unfilled.some((one) => one.symbol === symbol), `${side} ${symbol} after ${sessionAt(market, 299 + i)}`).toBe(true);
      expect(book.positions.length).toBeLessThanOrEqual(5 + book.orders.length);
    }
  });
});
