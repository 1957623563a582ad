import { beforeAll, describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { syntheticMarket, type SyntheticMarket } from '../../src/simulation/synthetic-market.js';

let market: SyntheticMarket;
beforeAll(() => void (market = syntheticMarket({ symbols: 300, start: isoDate('2010-01-04'), end: isoDate('2014-12-31') }, createRng(2))));

const bars = (symbol: number): boolean[] => Array.from(market.bars.close.subarray(symbol * market.sessions.length, (symbol + 1) * market.sessions.length), (close) => !Number.isNaN(close));

describe('membership of a synthetic market', () => {
  it('has intervals that end after they start, in order, without touching', () => {
    const { symbol, start, end } = market.membership;
    for (let j = 0; j < symbol.length; j++) {
      expect(end[j] === -1 || (end[j] > start[j] && end[j] < market.sessions.length)).toBe(true);
      if (j > 0 && symbol[j] === symbol[j - 1]) expect(start[j]).toBeGreaterThan(end[j - 1]);
      else if (j > 0) expect(symbol[j]).toBeGreaterThan(symbol[j - 1]);
    }
  });

  it('has a few joins, leaves, listings and delistings, as many as their hazards say', () => {
    const { start, end } = market.membership;
    const years = market.sessions.length / 252;
    const expectedLeaves = 300 * 0.92 * years * (0.02 + 0.008); // those who leave, and those who are delisted
    const left = end.filter((session) => session !== -1).length;
    expect(Math.abs(left - expectedLeaves)).toBeLessThan(4 * Math.sqrt(expectedLeaves));
    expect(start.filter((session) => session > 0).length).toBeGreaterThan(5);
    const spans = market.symbols.map((_, i) => bars(i));
    expect(spans.filter((has) => has[0] && !has.at(-1)).length).toBeGreaterThan(2); // delisted
    expect(spans.filter((has) => !has[0] && has.some(Boolean)).length).toBeGreaterThan(2); // listed later
  });

  it('keeps about as many members throughout, each with a bar', () => {
    const { symbol, start, end } = market.membership;
    const members = new Int32Array(market.sessions.length);
    symbol.forEach((i, j) => {
      const has = bars(i);
      for (let t = start[j]; t < (end[j] === -1 ? members.length : end[j]); t++) {
        members[t] += 1;
        if (!has[t]) throw new Error(`expected a bar of member ${market.symbols[i]} in session ${t}`);
      }
    });
    expect(members[0]).toBe(Math.round(300 * 0.92));
    expect(Math.min(...members)).toBeGreaterThan(300 * 0.85);
  });

  it('lists each stock once: its bars have no hole', () => {
    for (let i = 0; i < market.symbols.length; i++) expect(bars(i).filter((has, t, all) => has && !all[t - 1]).length).toBeLessThanOrEqual(1);
  });
});
