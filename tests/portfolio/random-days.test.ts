import { beforeAll, describe, expect, it } from 'vitest';

import { equity, type Book, type Fill } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { CostsConfig } from '../../src/portfolio/config.js';
import { isCapped, isNear, onEveryDay, randomDays, ratioOf, round, sharesOf, type RandomDay } from './random-days.js';

let days: RandomDay[];
beforeAll(() => {
  days = randomDays();
});

/** Commission in cents, written anew from the settings. */
function commissionOf({ side, shares, price, reason }: Fill, { model, commissionBps, liquidity }: CostsConfig): number {
  if (reason === 'delisted' || reason === 'split-cash') return 0;
  const gross = round(shares * price * 100);
  const share = (gross * commissionBps) / 10_000;
  const fee = round(model === 'liquidity' ? Math.max(100 * liquidity.minCommission, share + 100 * shares * liquidity.perShare) : share);
  return side === 'sell' ? Math.min(fee, gross) : fee;
}

describe('ten thousand days of books that are traded at random', () => {
  it('are as many, and everything that can happen happens', () => {
    expect(days.length).toBe(10_000);
    const counts = new Map<string, number>();
    const count = (what: string): unknown => counts.set(what, (counts.get(what) ?? 0) + 1);
    for (const { step, before } of days) {
      for (const { reason, reference } of step.fills) count(reason === 'entry' && before.orders.some(({ limit }) => limit === reference) ? 'limit' : reason);
      for (const { kind } of step.events) count(kind);
      for (const { reason } of step.unfilled) count(reason.replaceAll(/[\d.-]+/g, '#').replace(/to (buy|sell)/, 'to trade'));
    }
    for (const what of ['entry', 'limit', 'add', 'exit', 'reduce', 'time', 'stop', 'target', 'delisted', 'split-cash', 'split', 'dividend']) expect(counts.get(what) ?? 0, what).toBeGreaterThan(10);
    for (const what of ['no opening price on #', 'cash paid # of # shares', 'the low of # on # did not reach the limit of #', 'the bar of # is suspect', '# % of # million that it trades a session let # of # shares be bought', 'stop: # % of # million that it trades a session let # of # shares be sold', 'target: # % of an unknown traded value, taken for # million let # of # shares be sold']) expect(counts.get(what) ?? 0, what).toBeGreaterThan(10);
  });

  it('have the cash that their fills and dividends leave, to the cent, by an account of our own', () => {
    onEveryDay(days, ({ before, step, market, costs }) => {
      let cash: number = before.cash;
      for (const { symbol, kind, value } of market.actions) if (kind === 'dividend') cash += round(sharesOf(before, symbol) * value * 100);
      for (const fill of step.fills) cash += fill.side === 'sell' ? round(fill.shares * fill.price * 100) - commissionOf(fill, costs) : -round(fill.shares * fill.price * 100) - commissionOf(fill, costs);
      return cash === step.book.cash ? null : `expected ${cash} cents, found ${step.book.cash}`;
    });
  });

  it('hold the shares that splits and fills leave', () => {
    onEveryDay(days, (day) => {
      const { before, step, market } = day;
      for (const symbol of new Set([...market.symbols, ...before.positions.map((position) => position.symbol)])) {
        const moved = step.fills.filter((fill) => fill.symbol === symbol).reduce((sum, { side, shares }) => sum + (side === 'buy' ? shares : -shares), 0);
        const expected = sharesOf(before, symbol) * ratioOf(day, symbol) + moved;
        if (!isNear(sharesOf(step.book, symbol), expected, 1e-6)) return `expected ${expected} of ${symbol}, found ${sharesOf(step.book, symbol)}`;
      }
      return null;
    });
  });

  it('are worth cash and positions, each rounded to the cent', () => {
    onEveryDay(days, ({ step: { book }, market }) => {
      const expected = book.positions.reduce((sum, { symbol, shares }) => sum + round(shares * market.mark(symbol) * 100), book.cash as number);
      return toCents(equity(book, market.mark)) === expected ? null : `expected ${expected} cents`;
    });
  });

  it('never owe cash, and hold whole shares, at least one, by symbol', () => {
    onEveryDay(days, ({ step: { book } }) => {
      if (!Number.isSafeInteger(book.cash) || book.cash < 0) return `cash of ${book.cash}`;
      const symbols = book.positions.map(({ symbol }) => symbol);
      if (symbols.join() !== [...new Set(symbols)].sort().join()) return `positions ${symbols.join()}`;
      return book.positions.find(({ shares }) => !Number.isSafeInteger(shares) || shares < 1) ? 'broken shares' : null;
    });
  });

  it('keep what positions cost: bought adds, sold takes, nothing is lost', () => {
    onEveryDay(days, ({ before, step }) => {
      const total = ({ positions }: Book): number => positions.reduce((sum, { cost }) => sum + cost, 0);
      const moved = step.fills.reduce((sum, { side, basis }) => sum + (side === 'buy' ? basis : -1 * basis), 0);
      return total(step.book) === total(before) + moved ? null : `expected ${total(before) + moved}, found ${total(step.book)}`;
    });
  });

  it('trade no more of a name and side than its part of the market, but for what vanishes', () => {
    let full = 0;
    onEveryDay(days, ({ step, market, caps: { maxParticipation, unknownDollarVolume } }) => {
      if (maxParticipation === null) return null;
      const traded = new Map<string, number>();
      for (const { symbol, side, shares, reference, reason } of step.fills) if (reason !== 'delisted' && reason !== 'split-cash') traded.set(`${side} ${symbol}`, (traded.get(`${side} ${symbol}`) ?? 0) + shares * reference);
      for (const [key, value] of traded) {
        const { dollarVolume } = market.liquidity(key.split(' ')[1]);
        const most = maxParticipation * (Number.isNaN(dollarVolume) ? unknownDollarVolume : dollarVolume);
        if (value > most * (1 + 1e-12)) return `${key}: traded ${value}, at most ${most}`;
        if (value > 0.9 * most) full++;
      }
      return null;
    });
    expect(full).toBeGreaterThan(100);
  });

  it('sell what a stop could not at the next open, before anything else may happen to it', () => {
    let followed = 0;
    onEveryDay(days, ({ before, step, market }) => {
      for (const { symbol, kind } of before.orders) {
        if (kind !== 'stop' || !((market.bar(symbol)?.open ?? Number.NaN) > 0) || step.fills.some((fill) => fill.symbol === symbol && fill.reason === 'split-cash')) continue;
        const fill = step.fills.find((one) => one.symbol === symbol && one.side === 'sell');
        if (fill && fill.reference !== market.bar(symbol)!.open) return `${symbol} was sold at ${fill.reference}`;
        const rest = step.book.orders.find((order) => order.symbol === symbol);
        if (sharesOf(step.book, symbol) > 0 && rest?.shares !== sharesOf(step.book, symbol)) return `${symbol} is held after its stop, and nobody sells it`;
        if (rest) followed++;
      }
      return null;
    });
    expect(followed).toBeGreaterThan(10);
  });

  it('are done with every order, and say of each whole or partial miss why', () => {
    onEveryDay(days, (day) => {
      for (const { symbol, side, shares, kind, decidedOn } of day.step.book.orders) if (side !== 'sell' || kind !== 'stop' || shares !== sharesOf(day.step.book, symbol) || decidedOn !== day.market.session || !isCapped(day, symbol)) return `an order of ${shares} ${symbol} is left`;
      for (const order of day.before.orders) {
        const filled = day.step.fills.filter(({ symbol, side, reason }) => symbol === order.symbol && side === order.side && ((order.kind === 'stop' && reason === 'stop') || !['stop', 'target', 'delisted', 'split-cash'].includes(reason))).reduce((sum, { shares }) => sum + shares, 0);
        const told = day.step.unfilled.some(({ symbol }) => symbol === order.symbol);
        const wanted = order.shares * ratioOf(day, order.symbol);
        if (filled > wanted + 1e-6 || (filled < Math.floor(wanted - 1e-6) && !told)) return `${filled} of ${wanted} ${order.symbol}, told: ${told}`;
      }
      return null;
    });
  });
});
