import { assert, constantFrom, double, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fromEpochDay, isoDate } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { syntheticMarket } from '../../src/simulation/synthetic-market.js';

const STILL = { drift: 0, volatility: 0, meanSessions: 100 }; // thirty thousand independent moves, rather than five hundred that all share
const NEVER = { leaves: 0, joins: 0, listings: 0, delistings: 0 };

describe('synthetic bars', () => {
  it('are consistent whatever the settings', () => {
    const settings = record({
      symbols: integer({ min: 2, max: 12 }),
      overnightShare: double({ min: 0.01, max: 0.99, noNaN: true }),
      residual: record({ volatility: double({ min: 0.001, max: 1.5, noNaN: true }) }),
      jumps: record({ perYear: integer({ min: 0, max: 200 }) }),
      price: record({ median: constantFrom(1, 60, 5000) }),
      membership: record({ delistings: integer({ min: 0, max: 10 }), listings: integer({ min: 0, max: 10 }) }),
    });
    assert(
      property(settings, integer(), (options, seed) => {
        const { bars: { open, high, low, close, volume, tradedValue } } = syntheticMarket({ ...options, start: isoDate('2016-01-04'), end: isoDate('2016-04-29') }, createRng(seed));
        let count = 0;
        for (let at = 0; at < open.length; at++) {
          const missing = [open, high, low, close, volume, tradedValue].filter((column) => Number.isNaN(column[at])).length;
          if (missing === 6) continue;
          count += 1;
          if (missing > 0 || !(low[at] > 0 && low[at] <= open[at] && low[at] <= close[at] && high[at] >= open[at] && high[at] >= close[at])) return false;
          if (!(Number.isInteger(volume[at]) && volume[at] >= 1 && tradedValue[at] >= volume[at] * low[at] * 0.999 && tradedValue[at] <= volume[at] * high[at] * 1.001)) return false;
          if (Math.abs(open[at] * 100 - Math.round(open[at] * 100)) > 1e-6) return false;
        }
        return count > 0;
      }),
      { numRuns: 40 },
    );
  });

  it('stand on the sessions of the calendar and are marked', () => {
    const market = syntheticMarket({ symbols: 5, start: isoDate('2015-06-27'), end: isoDate('2016-01-03') }, createRng(1));
    expect(Array.from(market.sessions, fromEpochDay)).toEqual(XNYS.sessions(isoDate('2015-06-27'), isoDate('2016-01-03')));
    expect(market.mark).toBe('SYNTHETIC');
    expect(market.symbols).toEqual(['SYN001', 'SYN002', 'SYN003', 'SYN004', 'SYN005']);
    expect(market.names[4]).toBe('Synthetic Company 005');
  });

  it('reach up and down as a Brownian motion does: the square of its maximum is on average that of its end (reflection principle)', () => {
    const { bars: { open, high, low, close } } = syntheticMarket({ symbols: 60, price: { median: 5000, dispersion: 0 }, market: { calm: STILL, stressed: STILL }, sectors: { volatility: 0 }, membership: { members: 1, listedOutside: 0, ...NEVER }, start: isoDate('2014-01-02'), end: isoDate('2015-12-31') }, createRng(9));
    const squares = (from: Float64Array, to: Float64Array): number => to.reduce((sum, price, at) => sum + Math.log(price / from[at]) ** 2, 0);
    const moves = squares(open, close);
    expect(Math.abs(squares(open, high) / moves - 1)).toBeLessThan(0.05);
    expect(Math.abs(squares(open, low) / moves - 1)).toBeLessThan(0.05);
  });
});
