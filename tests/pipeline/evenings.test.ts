import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LoadedConfig } from '../../src/config/load.js';
import { XNYS } from '../../src/core/calendar.js';
import { isoDate, type IsoDate } from '../../src/core/dates.js';
import type { Recommendation, RecommendationDocument } from '../../src/recommendation/recommendation.js';
import { complaints } from '../recommendation/schema.js';
import { daily, query, smallConfig, temporaryFolder, writeSmallMarket } from './small-market.js';

const EVENINGS = XNYS.sessions(isoDate('2018-01-09'), isoDate('2018-01-30'));
const INITIAL_CENTS = 100_000_000;
const COSTS = { concession: 0.0004, commission: 0.0001 };

interface Position {
  readonly symbol: string;
  readonly shares: number;
}

interface Fill extends Position {
  readonly filled_on: IsoDate;
  readonly side: 'buy' | 'sell';
  readonly price: number;
  readonly costs: number;
}

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let config: LoadedConfig;
let documents: RecommendationDocument[];
let fills: Fill[];
/** Bars as delivered, by symbol and session. */
let bars: ReadonlyMap<string, { open: number; close: number }>;

beforeAll(async () => {
  place = await temporaryFolder();
  // nothing rests in the market, so that every fill is one that an evening ordered
  config = await smallConfig(join(place.folder, 'project'), await writeSmallMarket(join(place.folder, 'data')), ['portfolio.brackets=close']);
  documents = [];
  for (const asOf of EVENINGS) documents.push((await daily(config, { asOf })).document);
  fills = (await query(config, 'select cast(session as varchar) as session, cast(filled_on as varchar) as filled_on, symbol, side, shares, price, costs from paper_fills order by filled_on, side desc, symbol')) as Fill[];
  const stored = await query(config, `select symbol, cast(session as varchar) as session, open, close from bars where session >= date '${EVENINGS[0]}'`);
  bars = new Map(stored.map(({ symbol, session, open, close }) => [`${symbol} ${session}`, { open, close }]));
}, 120_000);
afterAll(() => place.remove());

const barOf = (symbol: string, session: IsoDate): { open: number; close: number } => bars.get(`${symbol} ${session}`)!;
const of = (document: RecommendationDocument, action: Recommendation['action']): readonly Recommendation[] => document.recommendations.filter((one) => one.action === action);
const cents = (amount: number): number => Math.round(100 * amount);

/** What a fill moves in cash, in cents, from its own numbers. */
const cashOf = ({ side, shares, price }: Fill): number => (side === 'buy' ? -1 : 1) * cents(shares * price) - cents(shares * price * COSTS.commission);

describe('evening after evening', () => {
  it('enters, holds and leaves', () => {
    expect(documents).toHaveLength(15);
    for (const action of ['enter', 'hold', 'exit'] as const) expect(documents.reduce((sum, document) => sum + of(document, action).length, 0), action).toBeGreaterThan(10);
    expect(documents.flatMap(complaints)).toEqual([]);
  });

  it('fills what was ordered at the next open, at its price and costs, and nothing else', () => {
    for (const [i, document] of documents.slice(1).entries()) {
      const before = documents[i];
      const ordered = [...of(before, 'exit').map(({ symbol }) => `sell ${symbol}`), ...of(before, 'enter').filter(({ shares }) => shares > 0).map(({ symbol }) => `buy ${symbol}`)].sort();
      const filled = fills.filter(({ filled_on: session }) => session === document.asOf);
      expect(filled.map(({ side, symbol }) => `${side} ${symbol}`).sort(), document.asOf).toEqual(ordered);
      for (const { symbol, side, shares, price, costs } of filled) {
        const { open } = barOf(symbol, document.asOf);
        expect(price).toBeCloseTo(open * (side === 'buy' ? 1 + COSTS.concession : 1 - COSTS.concession), 8);
        // both parts are whole cents
        expect(Math.abs(costs - shares * open * (COSTS.concession + COSTS.commission))).toBeLessThan(0.0201);
        if (side === 'buy') expect(shares).toBe(of(before, 'enter').find((one) => one.symbol === symbol)!.shares);
      }
    }
    expect(fills.length).toBeGreaterThan(20);
  });

  it('reports the fills in the document', () => {
    for (const document of documents) {
      const kept = fills.filter(({ filled_on: session }) => session === document.asOf);
      const told = document.portfolio.fills.map(({ symbol, side, shares }) => `${side} ${shares} ${symbol}`).sort();
      expect(told).toEqual(kept.map(({ symbol, side, shares }) => `${side} ${shares} ${symbol}`).sort());
    }
  });

  it('says every evening about everything held whether to hold or to leave', () => {
    for (const document of documents) {
      const spoken = [...of(document, 'hold'), ...of(document, 'exit')];
      expect(spoken).toHaveLength(document.portfolio.positions);
      expect(spoken.map(({ symbol }) => symbol).sort()).toEqual(heldAt(document.asOf).map(({ symbol }) => symbol));
    }
  });

  /** What is held after the fills of a session, by adding them up. */
  function heldAt(session: IsoDate): Position[] {
    const shares = new Map<string, number>();
    for (const fill of fills.filter(({ filled_on: on }) => on <= session)) shares.set(fill.symbol, (shares.get(fill.symbol) ?? 0) + (fill.side === 'buy' ? fill.shares : -fill.shares));
    return [...shares].filter(([, count]) => count !== 0).map(([symbol, count]) => ({ symbol, shares: count })).sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  }

  it('keeps a book whose cash and positions are those of its fills, to the cent', async () => {
    const accounts = await query(config, 'select cast(session as varchar) as session, cash_cents, equity, positions from paper_account order by session');
    expect(accounts.map(({ session }) => session)).toEqual([...EVENINGS]);
    for (const account of accounts) {
      const session = isoDate(account['session'] as string);
      const held = heldAt(session);
      const stored = await query(config, `select symbol, shares from paper_positions where session = date '${session}' order by symbol`);
      expect(stored).toEqual(held);
      expect(account['positions']).toBe(held.length);
      const cash = fills.filter(({ filled_on: on }) => on <= session).reduce((sum, fill) => sum + cashOf(fill), INITIAL_CENTS);
      expect(account['cash_cents']).toBe(cash);
      expect(cash).toBeGreaterThanOrEqual(0);
      const value = held.reduce((sum, { symbol, shares }) => sum + cents(shares * barOf(symbol, session).close), cash);
      expect(cents(account['equity'] as number)).toBe(value);
    }
  });

  it('gives in the document the cash and the equity of the book', () => {
    for (const { asOf, portfolio } of documents) {
      const cash = fills.filter(({ filled_on: on }) => on <= asOf).reduce((sum, fill) => sum + cashOf(fill), INITIAL_CENTS);
      expect(cents(portfolio.cash)).toBe(cash);
      expect(portfolio.grossExposure).toBeCloseTo(1 - portfolio.cash / portfolio.equity, 10);
      expect(portfolio.grossExposure).toBeLessThanOrEqual(1);
    }
  });

  it('lets no trade last longer than its horizon, from open to open', () => {
    let closed = 0;
    for (const sale of fills.filter(({ side }) => side === 'sell')) {
      const purchase = fills.findLast(({ side, symbol, filled_on: on }) => side === 'buy' && symbol === sale.symbol && on < sale.filled_on)!;
      const lasted = XNYS.count(purchase.filled_on, sale.filled_on);
      const decided = documents.find(({ actOn }) => actOn === sale.filled_on)!;
      const [reason] = of(decided, 'exit').find(({ symbol }) => symbol === sale.symbol)!.reasons;
      expect(lasted, `${sale.symbol} ${sale.filled_on} ${reason.code}`).toBeLessThanOrEqual(4);
      if (reason.code === 'horizon') {
        expect(lasted).toBe(4);
        closed++;
      }
    }
    expect(closed).toBeGreaterThan(5);
  });

  it('never enters who is not a member: IBM after it left, BA before it came', () => {
    for (const { asOf, recommendations, leftOut } of documents) {
      const named = new Set([...recommendations.map(({ symbol }) => symbol), ...leftOut.flatMap(({ symbols }) => symbols)]);
      expect(named.has('BA'), asOf).toBe(asOf >= '2018-01-23');
      if (asOf >= '2018-01-18') expect(recommendations.some(({ symbol, action }) => symbol === 'IBM' && action === 'enter')).toBe(false);
    }
  });

  it('writes to the store what it says in the document', async () => {
    const stored = await query(config, 'select cast(session as varchar) as session, symbol, action, entry, weight, shares, expected_return, interval_low from recommendations order by session, rank');
    const told = documents.flatMap(({ asOf, recommendations }) => recommendations.map(({ symbol, action, entry, weight, shares, expectedReturn, interval }) => ({ session: asOf, symbol, action, entry, weight, shares, expected_return: expectedReturn, interval_low: interval?.[0] ?? null })));
    expect(stored.map(({ expected_return: expected, interval_low: low, ...row }) => ({ ...row, expected_return: Number.isNaN(expected) ? null : expected, interval_low: Number.isNaN(low) ? null : low }))).toEqual(told);
  });
});

describe('evenings that were missed', () => {
  it('fill at the open after the decision all the same, and say what was missed', async () => {
    const missing = await smallConfig(join(place.folder, 'missing'), join(place.folder, 'data'));
    const first = (await daily(missing, { asOf: EVENINGS[0] })).document;
    const { document } = await daily(missing, { asOf: EVENINGS[4] });
    expect(document.caveats).toContain('No decision was made on 3 sessions since the one before; exits due then are only seen now.');
    const filled = await query(missing, "select symbol, cast(filled_on as varchar) as filled_on, price from paper_fills where reason = 'entry' order by symbol");
    expect(filled.map(({ symbol }) => symbol)).toEqual(of(first, 'enter').map(({ symbol }) => symbol).sort());
    for (const { symbol, filled_on: on, price } of filled) {
      expect(on).toBe(EVENINGS[1]);
      expect(price).toBeCloseTo(barOf(symbol as string, EVENINGS[1]).open * (1 + COSTS.concession), 8);
    }
    // four sessions are over at the next open: everything is at its horizon
    expect(of(document, 'exit').every(({ reasons }) => ['horizon', 'stop', 'target'].includes(reasons[0].code))).toBe(true);
    expect(of(document, 'hold')).toEqual([]);
  });
});
