import { beforeAll, describe, expect, it } from 'vitest';

import type { Fill, TradePlan } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import { isCapped, isNear, onEveryDay, randomDays, ratioOf, round, type RandomDay } from './random-days.js';

let days: RandomDay[];
beforeAll(() => {
  days = randomDays();
});

/** The plan that a position has during the session, in shares of the session: of the order that traded last, else its own. */
function planDuring(day: RandomDay, symbol: string): { plan: TradePlan; limit: number | null } | null {
  const ratio = ratioOf(day, symbol);
  const bought = day.step.fills.some((fill) => fill.symbol === symbol && fill.side === 'buy');
  const order = day.before.orders.find((each) => each.symbol === symbol && each.side === 'buy');
  const plan = bought ? order!.plan : day.before.positions.find((position) => position.symbol === symbol);
  if (!plan) return null;
  const open = day.market.bar(symbol)?.open ?? Number.NaN;
  const limit = bought && order!.limit && open > order!.limit / ratio ? order!.limit / ratio : null;
  return { plan: { ...plan, stop: plan.stop / ratio, target: plan.target / ratio, trailing: plan.trailing && plan.trailing / ratio }, limit };
}

/** Whether a sale at the open was an order, such as the rest of a stop, and rested no more. */
const isOrdered = (day: RandomDay, symbol: string, reason: Fill['reason']): boolean => (day.market.bar(symbol)?.open ?? Number.NaN) > 0 && day.before.orders.some((order) => order.symbol === symbol && order.side === 'sell' && order.kind === reason);

/** What is wrong with the price of a fill, by the bar alone. */
function faultOf(day: RandomDay, { symbol, side, price, reason }: Fill): string | null {
  const bar = day.market.bar(symbol);
  if (reason === 'delisted') return price === day.market.delistings.find((each) => each.symbol === symbol)!.price ? null : 'not at the last price';
  if (reason === 'split-cash') return isNear(price, bar && bar.open > 0 ? bar.open : day.market.lastClose(symbol) / ratioOf(day, symbol)) ? null : 'not at the open or last close';
  if (bar === null) return 'no bar';
  const { plan, limit } = planDuring(day, symbol)!;
  const slack = 1e-9 * price;
  if ((reason === 'stop' || reason === 'target') && !isOrdered(day, symbol, reason)) {
    if (bar.suspect || day.brackets === 'close') return 'nothing rests';
    const open = limit ?? bar.open;
    if (reason === 'stop') return bar.low <= plan.stop + slack && price <= Math.min(plan.stop, open > 0 ? open : Infinity) + slack ? null : 'better than the stop permits';
    return price >= plan.target - slack && price <= Math.max(plan.target, open > 0 ? open : 0) + slack && price <= bar.high + slack ? null : 'not what the target permits';
  }
  if (!(bar.open > 0)) return 'no open';
  if (side === 'sell') return price <= bar.open ? null : 'better than the open';
  if (limit !== null) return !bar.suspect && isNear(price, limit) && bar.low <= limit + slack ? null : 'not at its limit';
  const most = day.before.orders.find((each) => each.symbol === symbol && each.side === 'buy')!.limit;
  if (price < bar.open - slack) return 'better than the open';
  return most && price > most / ratioOf(day, symbol) + slack ? 'above its limit' : null;
}

describe('fills of ten thousand random days', () => {
  it('have a price of the session, never better than open, limit, stop or target permit', () => {
    onEveryDay(days, (day) => {
      for (const fill of day.step.fills) {
        const fault = faultOf(day, fill);
        if (fault !== null) return `${fault}: ${JSON.stringify(fill)}`;
      }
      return null;
    });
  });

  it('cost what they say: price and reference apart, never in our favour', () => {
    onEveryDay(days, ({ step, market }) => {
      for (const { side, shares, price, reference, gross, commission, concession, costs, session } of step.fills) {
        const at = round(shares * reference * 100);
        const sound = session === market.session && gross === round(shares * price * 100) && concession === (side === 'buy' ? gross - at : at - gross) && concession >= 0 && commission >= 0 && toCents(costs) === commission + concession;
        if (!sound) return JSON.stringify({ side, shares, price, reference, gross, commission, concession, costs });
      }
      return null;
    });
  });

  it('come sales first at the open, and stops and targets after all that was ordered', () => {
    const rank = (day: RandomDay, fill: Fill): number => (isOrdered(day, fill.symbol, fill.reason) ? 1 : fill.reason === 'split-cash' ? 0 : fill.reason === 'stop' || fill.reason === 'target' ? 3 : fill.reason === 'delisted' ? 4 : fill.side === 'sell' ? 1 : 2);
    onEveryDay(days, (day) => {
      const ranks = day.step.fills.map((fill) => rank(day, fill));
      return ranks.every((value, i) => i === 0 || value >= ranks[i - 1]) ? null : ranks.join();
    });
  });
});

describe('stops and targets of ten thousand random days', () => {
  it('leave nothing open that the range caught, and close nothing where nothing rests', () => {
    onEveryDay(days, (day) => {
      for (const { symbol } of day.step.book.positions) {
        const bar = day.market.bar(symbol);
        if (bar === null || bar.suspect || day.brackets === 'close' || isCapped(day, symbol)) continue;
        const { plan, limit } = planDuring(day, symbol)!;
        if (bar.low <= plan.stop * (1 - 1e-12)) return `${symbol} is held below its stop`;
        if ((limit === null ? bar.high : bar.close) >= plan.target * (1 + 1e-12)) return `${symbol} is held above its target`;
      }
      return null;
    });
  });

  it('rise with the highest close since the entry where they trail, and never fall', () => {
    let risen = 0;
    onEveryDay(days, (day) => {
      for (const { symbol, stop, high, trailing } of day.step.book.positions) {
        const { plan } = planDuring(day, symbol)!;
        const bar = day.market.bar(symbol);
        const bought = day.step.fills.find((fill) => fill.symbol === symbol && fill.side === 'buy');
        const start = bought?.price ?? day.before.positions.find((position) => position.symbol === symbol)!.high / ratioOf(day, symbol);
        const expectedHigh = bar && !bar.suspect ? Math.max(start, bar.close) : start;
        if (!isNear(high, expectedHigh)) return `high of ${symbol}: expected ${expectedHigh}, found ${high}`;
        const followed = bar && !bar.suspect && plan.trailing !== null ? high - plan.trailing : Number.NaN;
        const expected = followed > plan.stop || Number.isNaN(plan.stop) ? followed || plan.stop : plan.stop;
        if (!(isNear(stop, expected) || (Number.isNaN(stop) && Number.isNaN(expected)))) return `stop of ${symbol}: expected ${expected}, found ${stop}`;
        if (trailing !== null && stop > plan.stop) risen++;
      }
      return null;
    });
    expect(risen).toBeGreaterThan(100);
  });
});
