import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { DataError } from '../../src/core/errors.js';
import type { Book, Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { EveningDecision } from '../../src/recommendation/decide.js';
import type { Strategy, Target } from '../../src/strategy/strategy.js';
import { bookAfter, COSTS, evening, MADE, type EveningOptions } from './evening.js';
import { makeMarket, type MadeMarket } from '../strategy/market.js';

const clean = makeMarket({ symbols: 25, sessions: 340, seed: 4 });
const asOf = clean.bars.last!;
const ago = (count: number): typeof asOf => XNYS.shift(asOf, -count);
const quoted = (name: 'quotedOpen' | 'quotedClose', symbol: string, back: number): number => clean.bars.value(name, symbol, ago(back));

const position = (symbol: string, changes: Partial<Position> = {}): Position => ({ symbol, shares: 10, entrySession: ago(3), entryPrice: 100, cost: toCents(1000), high: 100, stop: 0.01, target: 1e6, horizon: 10, trailing: null, ...changes });
const buy = (symbol: string, shares: number, back = 1): Book['orders'][number] => ({ symbol, side: 'buy', shares, decidedOn: ago(back), plan: { stop: 1, target: 1e6, horizon: 7, trailing: null } });
const sell = (symbol: string, shares: number, back = 1): Book['orders'][number] => ({ symbol, side: 'sell', shares, decidedOn: ago(back), plan: null });
const decide = async (options: EveningOptions): Promise<EveningDecision> => (await evening({ made: clean, ...options })).decided;
const standing = (back: number, content: Partial<Book>): Book => ({ ...bookAfter(0, content), session: ago(back) });

/** A strategy that wants exactly this. */
function wanting(targets: readonly Partial<Target>[]): Strategy {
  const whole = targets.map((target): Target => ({ symbol: 'S00', action: 'enter', weight: 0.1, entry: 100, stop: 90, target: 120, trailing: null, horizon: 5, order: target.action === undefined || target.action === 'enter' ? { kind: 'open' } : null, standing: null, evidence: [{ code: 'momentum', values: {} }], wouldDisprove: [], ...target }));
  return { name: 'wanting', describe: 'asks for what the test says', lookback: 1, features: [], decide: (view) => ({ session: view.session, targets: whole, leftOut: [] }) };
}

function without(symbol: string, sessions: number, names: readonly string[] = clean.bars.columnNames): MadeMarket {
  const width = clean.bars.sessions.length;
  const end = (clean.bars.row(symbol) + 1) * width;
  const columns = Object.fromEntries(names.map((name) => [name, Float64Array.from(clean.bars.column(name)).fill(Number.NaN, end - sessions, end)]));
  return { bars: clean.bars.with(columns), features: clean.features };
}

describe('fills of the evening', () => {
  it('are at the quoted open of the session after the decision, with the costs', async () => {
    const { fills, book } = await decide({ before: standing(1, { positions: [position('S02')], orders: [buy('S01', 7), sell('S02', 10)] }) });
    const concession = (COSTS.halfSpreadBps + COSTS.slippageBps) / 10_000;
    expect(fills.map(({ symbol, side, shares, session }) => ({ symbol, side, shares, session }))).toEqual([
      { symbol: 'S02', side: 'sell', shares: 10, session: asOf },
      { symbol: 'S01', side: 'buy', shares: 7, session: asOf },
    ]);
    expect(fills[0].price).toBeCloseTo(quoted('quotedOpen', 'S02', 0) * (1 - concession), 10);
    expect(fills[1].price).toBeCloseTo(quoted('quotedOpen', 'S01', 0) * (1 + concession), 10);
    expect(book.positions.find(({ symbol }) => symbol === 'S01')).toMatchObject({ shares: 7, entrySession: asOf, stop: 1, horizon: 7 });
  });

  it('are at the open after the decision also when evenings were missed, and the gap is told', async () => {
    const decided = await decide({ before: standing(4, { orders: [buy('S01', 7, 4)] }) });
    expect(decided.fills[0]).toMatchObject({ session: ago(3), price: expect.closeTo(quoted('quotedOpen', 'S01', 3) * 1.0004, 8) });
    expect(decided.missedSessions).toBe(3);
    expect((await decide({ before: standing(1, {}) })).missedSessions).toBe(0);
    expect((await decide({})).missedSessions).toBe(0);
  });

  it('do not happen without an open', async () => {
    const { fills, unfilled, book } = await decide({ made: without('S01', 1), before: standing(1, { orders: [buy('S01', 7)] }) });
    expect(fills).toEqual([]);
    expect(unfilled).toEqual([{ symbol: 'S01', reason: `no opening price on ${asOf}` }]);
    expect(book.positions).toEqual([]);
  });

  it('do not happen for an instrument that has left the store', async () => {
    expect((await decide({ before: standing(1, { orders: [buy('GONE', 7)] }) })).unfilled).toEqual([{ symbol: 'GONE', reason: `no opening price on ${asOf}` }]);
  });
});

describe('what the strategy is asked', () => {
  it('stands on the book after the fills, valued at the last closes', async () => {
    const { equity, book } = await decide({ before: standing(1, { orders: [buy('S01', 100)] }), strategy: wanting([]) });
    expect(equity).toBeCloseTo(book.cash / 100 + 100 * quoted('quotedClose', 'S01', 0), 2);
    expect(equity).toBeLessThan(1_010_000);
  });
});

describe('orders for the next open', () => {
  it('buy whole shares of the weight at the reference price, with the plan', async () => {
    const { book } = await decide({ strategy: wanting([{ symbol: 'S03', weight: 0.05, entry: 333 }]) });
    expect(book.orders).toEqual([{ symbol: 'S03', side: 'buy', shares: Math.floor(50_000 / 333), decidedOn: asOf, plan: { stop: 90, target: 120, horizon: 5, trailing: null }, limit: null, kind: 'entry' }]);
    expect(book.session).toBe(asOf);
  });

  it('are none where the weight does not pay one share', async () => {
    expect((await decide({ strategy: wanting([{ weight: 0.0001, entry: 333 }]) })).book.orders).toEqual([]);
  });

  it('sell all of what is left, and leave alone what is held', async () => {
    const before = standing(1, { positions: [position('S01', { shares: 17 }), position('S02')] });
    const { book } = await decide({ before, strategy: wanting([{ symbol: 'S01', action: 'exit', weight: 0 }, { symbol: 'S02', action: 'hold' }]) });
    expect(book.orders).toEqual([{ symbol: 'S01', side: 'sell', shares: 17, decidedOn: asOf, plan: null, kind: 'exit' }]);
    expect(book.positions.map(({ high: _, ...rest }) => rest)).toEqual(before.positions.map(({ high: _, ...rest }) => rest));
  });
});

describe('a held instrument without bars', () => {
  const holding = standing(1, { positions: [position('S05', { shares: 4 })] });

  it('is kept for four sessions at its last close', async () => {
    const { book, fills, equity } = await decide({ made: without('S05', 4), before: holding, strategy: wanting([]) });
    expect(fills).toEqual([]);
    expect(book.positions).toHaveLength(1);
    expect(equity).toBeCloseTo(1_000_000 + 4 * quoted('quotedClose', 'S05', 4), 2);
  });

  it('is closed at its last close after five', async () => {
    const { book, fills } = await decide({ made: without('S05', 5), before: holding, strategy: wanting([]) });
    expect(fills).toEqual([{ symbol: 'S05', side: 'sell', shares: 4, price: quoted('quotedClose', 'S05', 5), reference: quoted('quotedClose', 'S05', 5), costs: 0, session: asOf, reason: 'delisted', gross: book.cash - 100_000_000, commission: 0, concession: 0, basis: 100_000 }]);
    expect(book.positions).toEqual([]);
    expect(book.cash).toBe(100_000_000 + Math.round(400 * quoted('quotedClose', 'S05', 5)));
  });

  it('is an error that says what to do when the store knows nothing of it', async () => {
    const lost = standing(1, { positions: [position('GONE')] });
    const error: unknown = await decide({ before: lost }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DataError);
    expect((error as Error).message).toBe(`expected bars of everything the paper book holds, found none for "GONE" up to ${asOf}; import them`);
  });
});

describe('an evening', () => {
  it('is the same twice, and leaves the book it started from alone', async () => {
    const before = bookAfter(1, { positions: [position('S05', { entrySession: XNYS.shift(MADE.bars.last!, -3) })] });
    const copy = structuredClone(before);
    const first = await evening({ before });
    expect(await evening({ before })).toEqual(first);
    expect(before).toEqual(copy);
  });
});
