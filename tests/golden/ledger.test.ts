import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { equity, openBook, type Book } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import { UNKNOWN_LIQUIDITY } from '../../src/portfolio/cost-model.js';
import { fixedBps } from '../../src/portfolio/fixed-bps.js';
import { rebalance } from '../../src/portfolio/rebalance.js';
import { markResearch, openResearchBook, rebalanceResearch } from '../../src/portfolio/research-book.js';
import { goldenFolder, printSkipReason } from './folder.js';

type GoldenOrder = readonly [row: number, name: number, shares: number, price: number, fee: number];

interface GoldenLedger {
  readonly conventions: { readonly initialCash: number; readonly costs: string };
  readonly tolerance: { readonly exact: number };
  readonly tickers: readonly string[];
  readonly dates: readonly string[];
  /** [session, name] */
  readonly open: readonly (readonly (number | null)[])[];
  readonly close: readonly (readonly (number | null)[])[];
  readonly targets: readonly { readonly row: number; readonly weights: readonly number[] }[];
  readonly exact: { readonly equity: readonly number[]; readonly finalCash: number; readonly finalShares: readonly number[]; readonly orders: number; readonly fees: number; readonly firstOrders: readonly GoldenOrder[] };
  readonly cents: { readonly equityCents: readonly number[]; readonly finalCashCents: number; readonly finalShares: readonly number[]; readonly orders: readonly (readonly number[])[]; readonly commissionCents: number };
}

const folder = goldenFolder();
printSkipReason('golden', 'both books against a ledger in Python and vectorbt');
const golden = folder === null ? null : (JSON.parse(readFileSync(join(folder, 'ledger.json'), 'utf8')) as GoldenLedger);

const prices = (row: readonly (number | null)[]): Float64Array => Float64Array.from(row, (price) => price ?? Number.NaN);

/** Costs as the file says them: "commission 5 bps …, slippage 2 bps …". */
function costsOf({ conventions }: GoldenLedger): { commissionBps: number; halfSpreadBps: number; slippageBps: number } {
  const bps = (what: string): number => Number(new RegExp(`${what} ([\\d.]+) bps`).exec(conventions.costs)?.[1]);
  const costs = { commissionBps: bps('commission'), halfSpreadBps: 0, slippageBps: bps('slippage') };
  expect(costs.commissionBps + costs.slippageBps, conventions.costs).toBeGreaterThan(0);
  return costs;
}

const weightsBefore = ({ targets }: GoldenLedger, row: number): readonly number[] | undefined => targets.find((target) => target.row === row - 1)?.weights;

interface CashRun {
  readonly orders: number[][];
  readonly equityCents: number[];
  readonly book: Book;
}

/** The cash book through the file: each fill as [row, name, shares, gross cents, commission cents]. */
function runCashBook(given: GoldenLedger): CashRun {
  const { tickers, dates, open, close } = given;
  const costs = fixedBps(costsOf(given));
  const orders: number[][] = [];
  const equityCents: number[] = [];
  let book = openBook(given.conventions.initialCash);
  const marks = prices(close[0]);
  dates.forEach((date, row) => {
    const weights = weightsBefore(given, row);
    const of = (symbol: string): number => tickers.indexOf(symbol);
    if (weights) {
      const market = { session: isoDate(date), open: (symbol: string) => open[row][of(symbol)] ?? Number.NaN, lastClose: (symbol: string) => marks[of(symbol)], liquidity: () => UNKNOWN_LIQUIDITY };
      const result = rebalance(book, new Map(tickers.map((symbol, i) => [symbol, weights[i]])), market, costs);
      book = result.book;
      expect(result.unfilled).toEqual([]);
      for (const fill of result.fills) orders.push([row, of(fill.symbol), fill.side === 'buy' ? fill.shares : -fill.shares, fill.gross, fill.commission]);
    }
    close[row].forEach((price, i) => (marks[i] = price ?? marks[i]));
    equityCents.push(toCents(equity(book, (symbol) => marks[of(symbol)])));
  });
  return { orders, equityCents, book };
}

interface ResearchRun {
  readonly equity: number[];
  /** Changes of shares by a rebalance, [row, name, shares]. */
  readonly changes: [row: number, name: number, shares: number][];
  readonly book: ReturnType<typeof openResearchBook>;
}

function runResearchBook(given: GoldenLedger): ResearchRun {
  const costs = costsOf(given);
  const book = openResearchBook(given.tickers.length, given.conventions.initialCash);
  const changes: ResearchRun['changes'] = [];
  const values = given.dates.map((_, row) => {
    const weights = weightsBefore(given, row);
    if (weights) {
      const before = book.shares.slice();
      rebalanceResearch(book, Float64Array.from(weights), prices(given.open[row]), costs);
      book.shares.forEach((shares, i) => shares !== before[i] && changes.push([row, i, shares - before[i]]));
    }
    return markResearch(book, prices(given.close[row]));
  });
  return { equity: values, changes, book };
}

describe.skipIf(golden === null)('the cash book against whole shares and cents in Python', () => {
  let run: CashRun;
  beforeAll(() => {
    run = runCashBook(golden!);
  });

  it('has something to trade', () => {
    expect(golden!.cents.orders.length).toBeGreaterThan(golden!.tickers.length);
    expect(golden!.dates.length).toBe(golden!.open.length);
  });

  it('gives the same orders, in the same order, with the same value and commission to the cent', () => {
    expect(run.orders).toEqual(golden!.cents.orders);
    expect(run.orders.reduce((sum, order) => sum + order[4], 0)).toBe(golden!.cents.commissionCents);
  });

  it('has the same equity at every close, to the cent', () => {
    expect(run.equityCents).toEqual(golden!.cents.equityCents);
  });

  it('ends with the same cash and shares', () => {
    expect(run.book.cash).toBe(golden!.cents.finalCashCents);
    expect(golden!.tickers.map((symbol) => run.book.positions.find((position) => position.symbol === symbol)?.shares ?? 0)).toEqual(golden!.cents.finalShares);
  });
});

describe.skipIf(golden === null)('the research book against vectorbt', () => {
  let run: ResearchRun;
  let tolerance: number;
  beforeAll(() => {
    run = runResearchBook(golden!);
    tolerance = golden!.tolerance.exact;
  });

  /** Absolute up to 1, relative above: the file holds 12 significant digits. */
  function expectNear(found: ArrayLike<number>, expected: readonly number[]): void {
    expect(found.length).toBe(expected.length);
    expected.forEach((value, i) => expect(Math.abs(found[i] - value), `${i}: expected ${value}, found ${found[i]}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value))));
  }

  it('has the same equity at every close', () => {
    expectNear(run.equity, golden!.exact.equity);
  });

  it('ends with the same cash, shares and commissions', () => {
    expectNear([run.book.cash, run.book.commission], [golden!.exact.finalCash, golden!.exact.fees]);
    expectNear(run.book.shares, golden!.exact.finalShares);
  });

  it('trades as often, the first orders alike', () => {
    expect(run.changes.length).toBe(golden!.exact.orders);
    for (const [row, name, shares] of golden!.exact.firstOrders) expectNear([run.changes.find((change) => change[0] === row && change[1] === name)?.[2] ?? Number.NaN], [shares]);
  });
});
