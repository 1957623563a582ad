import { expect } from 'vitest';

import type { IsoDate } from '../../src/core/dates.js';
import { createRng, type Rng } from '../../src/core/rng.js';
import { equity, openBook, type Book, type Order, type TradePlan } from '../../src/portfolio/book.js';
import { fromCents } from '../../src/portfolio/cents.js';
import { costsConfig, type Brackets, type CostsConfig } from '../../src/portfolio/config.js';
import { createCostModel } from '../../src/portfolio/costs.js';
import { UNCAPPED, type FillRules } from '../../src/portfolio/participation.js';
import { stepBook, type BookStep } from '../../src/portfolio/step-book.js';
import { randomSessions, type MadeSession } from './random-market.js';

export interface RandomDay {
  /** With its orders, as it stood the evening before. */
  readonly before: Book;
  readonly step: BookStep;
  readonly market: MadeSession;
  readonly costs: CostsConfig;
  readonly brackets: Brackets;
  readonly caps: FillRules;
}

interface Run {
  readonly seed: number;
  readonly days: number;
  readonly cash: number;
  readonly costs: CostsConfig;
  readonly brackets: Brackets;
  readonly caps?: FillRules;
}

const RUNS: readonly Run[] = [
  { seed: 1, days: 3000, cash: 100_000, costs: costsConfig.parse({}), brackets: 'resting' },
  { seed: 2, days: 2000, cash: 1_000_000, costs: costsConfig.parse({ model: 'liquidity', liquidity: { perShare: 0.005, minCommission: 1 } }), brackets: 'resting' },
  { seed: 3, days: 1500, cash: 3_000, costs: costsConfig.parse({ commissionBps: 37, halfSpreadBps: 11, slippageBps: 6 }), brackets: 'resting' },
  { seed: 4, days: 1500, cash: 50_000, costs: costsConfig.parse({ commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 }), brackets: 'close' },
  { seed: 5, days: 1500, cash: 1_000_000, costs: costsConfig.parse({}), brackets: 'resting', caps: { maxParticipation: 0.02, unknownDollarVolume: 300_000 } },
  { seed: 6, days: 500, cash: 200_000, costs: costsConfig.parse({ model: 'liquidity' }), brackets: 'close', caps: { maxParticipation: 0.001, unknownDollarVolume: 0 } },
];

/** Ten thousand days of books that are traded at random: the same every time. */
export function randomDays(): RandomDay[] {
  return RUNS.flatMap((run) => [...runDays(run)]);
}

function* runDays({ seed, days, cash, costs, brackets, caps = UNCAPPED }: Run): Generator<RandomDay> {
  const rng = createRng(seed);
  const rules = { costs: createCostModel(costs), brackets, fills: caps };
  const decisions = rng.fork('decisions');
  let book = openBook(cash);
  for (const market of randomSessions(rng.fork('market'), days)) {
    const step = stepBook(book, market, rules);
    yield { before: book, step, market, costs, brackets, caps };
    // a ruined book would trade nothing any more
    const funded = equity(step.book, market.mark) < cash / 10 ? { ...step.book, cash: openBook(cash).cash } : step.book;
    const rests = funded.orders;
    book = { ...funded, orders: [...rests, ...decide(decisions, funded, market).filter(({ symbol }) => !rests.some((rest) => rest.symbol === symbol))] };
  }
}

function decide(rng: Rng, book: Book, market: MadeSession): Order[] {
  const gone = new Set(market.delistings.map(({ symbol }) => symbol));
  const sales = book.positions.flatMap(({ symbol, shares }): Order[] => {
    if (rng.float() > 0.12) return [];
    const sold = rng.float() < 0.5 ? shares : rng.integer(1, shares);
    return [{ symbol, side: 'sell', shares: sold, decidedOn: market.session, plan: null, ...(sold === shares && rng.float() < 0.3 ? { kind: rng.choice(['time', 'stop']) } : {}) }];
  });
  const stopped = new Set(sales.flatMap(({ symbol, kind }) => (kind === 'stop' ? [symbol] : [])));
  const buys = rng.shuffle(market.symbols.filter((symbol) => !gone.has(symbol) && !stopped.has(symbol) && rng.float() < 0.15)).flatMap((symbol): Order[] => purchase(rng, book, { symbol, close: market.mark(symbol), decidedOn: market.session }));
  return rng.shuffle([...sales, ...buys]);
}

function purchase(rng: Rng, book: Book, { symbol, close, decidedOn }: { symbol: string; close: number; decidedOn: IsoDate }): Order[] {
  const shares = Math.floor((fromCents(book.cash) * (0.1 + 0.6 * rng.float())) / close);
  if (shares === 0) return [];
  const plan: TradePlan = { stop: rng.float() < 0.1 ? Number.NaN : close * (0.9 + 0.12 * rng.float()), target: rng.float() < 0.1 ? Number.NaN : close * (0.99 + 0.15 * rng.float()), horizon: 10, trailing: rng.float() < 0.4 ? close * (0.02 + 0.08 * rng.float()) : null };
  return [{ symbol, side: 'buy', shares, decidedOn, plan, limit: rng.float() < 0.5 ? close * (0.95 + 0.07 * rng.float()) : null }];
}

/** Checks every day without an assertion a value: ten thousand days have hundreds of thousands of them. */
export function onEveryDay(days: readonly RandomDay[], check: (day: RandomDay) => string | null): void {
  for (const day of days) {
    const broken = check(day);
    if (broken !== null) expect.fail(`${day.market.session}, ${day.costs.model}: ${broken}`);
  }
}

/** Whether the market took only a part of what was to be traded of a symbol. */
export const isCapped = ({ step }: RandomDay, symbol: string): boolean => step.unfilled.some((one) => one.symbol === symbol && / of \d+ shares be (bought|sold)/.test(one.reason));
export const sharesOf = (book: Book, symbol: string): number => book.positions.find((position) => position.symbol === symbol)?.shares ?? 0;
/** New shares for an old one in the session. */
export const ratioOf = ({ market }: RandomDay, symbol: string): number => market.actions.filter((action) => action.symbol === symbol && action.kind === 'split').reduce((ratio, { value }) => ratio * value, 1);
export const isNear = (a: number, b: number, tolerance = 1e-9): boolean => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
/** Half up. */
export const round = (cents: number): number => Math.floor(cents + 0.5);
