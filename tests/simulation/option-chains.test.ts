import { assert, constantFrom, double, integer, property, record } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay } from '../../src/core/dates.js';
import { InvariantError } from '../../src/core/errors.js';
import { hashParts } from '../../src/core/hash.js';
import { createRng } from '../../src/core/rng.js';
import { mean } from '../../src/math/stats.js';
import { cleanChain } from '../../src/options/chain/clean-chain.js';
import { CHAIN_COLUMNS, yearsTo, type OptionChain } from '../../src/options/chain/option-chain.js';
import { greeks } from '../../src/options/pricing/greeks.js';
import { countChainArbitrage } from '../../src/options/surface/arbitrage.js';
import { constantMaturity } from '../../src/options/surface/constant-maturity.js';
import { flatRate } from '../../src/options/surface/rate-curve.js';
import { sviDensitySign, sviTotalVariance } from '../../src/options/surface/svi.js';
import { valueChain } from '../../src/options/valuation/valued-chain.js';
import { listedExpiries } from '../../src/simulation/options/listed-expiries.js';
import { tickOf } from '../../src/simulation/options/quotes.js';
import { SIMULATION_REVISION, type SimulationOptions } from '../../src/simulation/settings.js';
import { syntheticMarket, type SyntheticMarket } from '../../src/simulation/synthetic-market.js';

const SMALL: SimulationOptions = { symbols: 30, start: isoDate('2014-01-02'), end: isoDate('2015-06-30'), options: { underlyings: 5, sessions: 10 } };
const make = (options: SimulationOptions = {}): SyntheticMarket => syntheticMarket({ ...SMALL, ...options }, createRng(3));
const allChains = ({ options }: SyntheticMarket): OptionChain[][] => [...options!.chains()].map((chains) => [...chains]);

let market: SyntheticMarket;
let chains: OptionChain[][];
beforeAll(() => {
  market = make();
  chains = allChains(market);
});

const sessionOf = ({ session }: OptionChain): number => market.sessions.indexOf(session);
const truthOf = (column: 'volatility30' | 'skew' | 'putCall', chain: OptionChain): number => {
  const { options } = market.truth;
  return options![column][Array.from(options!.underlyings).indexOf(market.symbols.indexOf(chain.underlying)) * market.sessions.length + sessionOf(chain)];
};
const keyOf = ({ expiry, strike, isCall }: OptionChain, i: number): string => `${expiry[i]} ${strike[i]} ${isCall[i]}`;

describe('chains of a synthetic market', () => {
  it('are of the stocks traded most, over the last sessions, at the raw close', () => {
    expect(chains.map(([{ session }]) => session)).toEqual(Array.from(market.sessions.subarray(-10)));
    for (const chain of chains.flat()) expect(chain.spot).toBe(market.bars.close[market.symbols.indexOf(chain.underlying) * market.sessions.length + sessionOf(chain)]);
    const typical = market.symbols.map((_, i) => mean(market.bars.tradedValue.subarray(i * market.sessions.length, (i + 1) * market.sessions.length).filter(Number.isFinite)));
    const chosen = Array.from(market.truth.options!.underlyings, (i) => typical[i]);
    expect(Math.min(...chosen)).toBeGreaterThan([...typical].sort((a, b) => b - a)[9]);
  });

  it('give back the surface that they were made of: cleaned, valued and read at 30 days', () => {
    const errors = chains.flat().map((chain) => {
      const { surface } = valueChain(cleanChain(chain), { curve: flatRate(market.settings.options!.rate) });
      const { atmVolatility, skew25Delta } = constantMaturity(surface, 30);
      return { volatility: atmVolatility - truthOf('volatility30', chain), skew: skew25Delta - truthOf('skew', chain), calendar: surface.calendar.worst };
    });
    expect(Math.max(...errors.map(({ volatility }) => Math.abs(volatility)))).toBeLessThan(0.002);
    expect(Math.max(...errors.map(({ skew }) => Math.abs(skew)))).toBeLessThan(0.003);
    expect(Math.max(...errors.map(({ calendar }) => calendar))).toBeLessThan(0.01);
  });

  it('come of a surface without arbitrage', () => {
    for (const chain of chains.flatMap((session) => session.slice(0, 2))) {
      const surface = market.options!.surface(chain.underlying, sessionOf(chain));
      const slices = [1, 7, 30, 91, 182, 366].map((days) => surface.slice(days / 365));
      slices.forEach((slice, j) => {
        const reach = 6 * Math.sqrt(sviTotalVariance(slice, 0));
        for (let k = -reach; k <= reach; k += reach / 20) {
          expect(sviDensitySign(slice, k)).toBeGreaterThan(0);
          if (j > 0) expect(sviTotalVariance(slice, k)).toBeGreaterThan(sviTotalVariance(slices[j - 1], k));
        }
      });
    }
  });

  it('have quotes on the grid of ticks with the price of the surface between them, so that none is an arbitrage; middles are none beyond a tick', () => {
    for (const chain of chains.flatMap((session) => session.slice(0, 2))) {
      const { session, spot, strike, expiry, isCall, bid, ask } = chain;
      const { rate } = market.settings.options!;
      const surface = market.options!.surface(chain.underlying, sessionOf(chain));
      const years = Float64Array.from(expiry, (day) => yearsTo(day, session));
      const volatility = strike.map((value, i) => (years[i] > 0 ? Math.sqrt(sviTotalVariance(surface.slice(years[i]), Math.log(value / spot) - rate * years[i]) / years[i]) : 0));
      const { price } = greeks({ spot, strike, years, rate, dividendYield: 0, volatility, isCall }, ['price']);
      price.forEach((value, i) => {
        const ticks = [bid[i], ask[i]].map((quote) => quote / tickOf(value));
        expect(bid[i] <= value && value <= ask[i] && ticks.every((count) => Math.abs(count - Math.round(count)) < 1e-6), `${value} in ${bid[i]} to ${ask[i]}`).toBe(true);
      });
      for (const day of new Set(expiry)) {
        if (day === session) continue;
        const rows = Array.from(expiry.keys()).filter((i) => expiry[i] === day);
        const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (i) => values[i]);
        const time = yearsTo(day, session);
        const middles = { strike: pick(strike), isCall: Uint8Array.from(rows, (i) => isCall[i]), price: pick(bid.map((value, i) => (value + ask[i]) / 2)), volatility: pick(volatility), volume: pick(chain.volume), openInterest: pick(chain.openInterest), bid: pick(bid), ask: pick(ask) };
        expect(countChainArbitrage(middles, { forward: spot * Math.exp(rate * time), discount: Math.exp(-rate * time), tolerance: 0.05 + 1e-9 })).toMatchObject({ bounds: 0, monotone: 0, convex: 0 });
      }
    }
  });

  it('have open interest that was settled the session before: it changes by no more than was traded then', () => {
    let [changed, byNext] = [0, 0];
    for (let t = 1; t < chains.length; t++) {
      for (const chain of chains[t]) {
        const before = chains[t - 1].find(({ underlying }) => underlying === chain.underlying)!;
        const now = new Map(Array.from(chain.strike.keys(), (i) => [keyOf(chain, i), i]));
        before.strike.forEach((_, i) => {
          const row = now.get(keyOf(before, i));
          expect(row === undefined).toBe(before.expiry[i] === before.session); // listed until it expires
          if (row === undefined) return;
          const change = Math.abs(chain.openInterest[row] - before.openInterest[i]);
          expect(change).toBeLessThanOrEqual(before.volume[i]);
          changed += change > 0 ? 1 : 0;
          byNext += change > 0 && change <= chain.volume[row] ? 1 : 0;
        });
      }
    }
    expect(changed).toBeGreaterThan(5000);
    expect(byNext / changed).toBeLessThan(0.8); // the wrong session explains too few: a stamp a day off is seen
  });

  it('trade in whole contracts, some not at all, whose last price is an old one', () => {
    for (const { volume, openInterest, last, bid, ask } of chains.flat()) {
      expect([...volume, ...openInterest].every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
      const idle = volume.filter((count) => count === 0).length / volume.length;
      expect(idle > 0.2 && idle < 0.9).toBe(true);
      volume.forEach((count, i) => count > 0 && expect(last[i] >= Math.min(0.01, bid[i]) && last[i] <= Math.max(0.01, ask[i])).toBe(true));
      expect(last.some((price, i) => volume[i] === 0 && price > ask[i])).toBe(true);
    }
  });

  it('hold the planted ratio of puts to calls', () => {
    const off = chains.flat().map((chain) => {
      const [calls, puts] = [1, 0].map((right) => chain.volume.reduce((sum, count, i) => sum + (chain.isCall[i] === right ? count : 0), 0));
      return Math.log(puts / calls) - truthOf('putCall', chain);
    });
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(0.02);
  });

  it('do not depend on a later end, on where chains begin, or on which are wanted', () => {
    const longer = make({ end: isoDate('2015-07-15'), options: { underlyings: 5, sessions: 60 } });
    const among = allChains(longer).filter(([{ session }]) => session >= chains[0][0].session).slice(0, chains.length);
    expect(among).toEqual(chains);
    const [{ underlying, session }] = chains[4];
    expect([...market.options!.chains({ symbols: [underlying], start: session, end: session })]).toEqual([[chains[4][0]]]);
    expect([...market.options!.chains({ symbols: ['nobody'] })]).toEqual([]);
  });

  it('leave stocks and news bit for bit as they are without options', () => {
    const [{ options: _, ...truth }, { options: none, ...bare }] = [market.truth, make({ options: null }).truth];
    expect(none).toBeNull();
    expect(bare).toEqual(truth);
    for (const options of [null, { underlyings: 9, sessions: 3, putCall: { mean: 1, deviation: 0.1, ic: 0.2, horizon: 20, persistence: 0 } }]) {
      const other = make({ options });
      expect([other.bars, other.news, other.membership, other.signals]).toEqual([market.bars, market.news, market.membership, market.signals]);
    }
    expect(make({ options: null }).options).toBeNull();
  });

  it('are refused one by one where there are none', () => {
    const other = market.symbols.find((_, i) => !market.truth.options!.underlyings.includes(i))!;
    expect(() => market.options!.surface(other, 3)).toThrow(InvariantError);
  });

  it('stand for these numbers: who changes them raises SIMULATION_REVISION', () => {
    const columns = chains.flat().flatMap((chain) => [chain.expiry, chain.isCall, ...CHAIN_COLUMNS.map((name) => chain[name])]);
    expect([SIMULATION_REVISION, hashParts(columns).slice(0, 16)]).toMatchInlineSnapshot(`
      [
        1,
        "6caf0bcbb35f5e5b",
      ]
    `);
  });

  it('are sound whatever the settings', () => {
    const settings = record({
      residual: record({ volatility: double({ min: 0.001, max: 1.5, noNaN: true }) }),
      jumps: record({ perYear: integer({ min: 0, max: 200 }) }),
      price: record({ median: constantFrom(1, 60, 5000) }),
      membership: record({ delistings: integer({ min: 0, max: 10 }) }),
      options: record({ underlyings: integer({ min: 1, max: 4 }), sessions: integer({ min: 1, max: 9 }), premium: double({ min: 0.5, max: 2, noNaN: true }), rate: constantFrom(-0.05, 0, 0.2) }),
    });
    assert(
      property(settings, integer(), (options, seed) => {
        const made = syntheticMarket({ ...options, symbols: 4, start: isoDate('2016-01-04'), end: isoDate('2016-02-29') }, createRng(seed));
        return allChains(made).flat().every(({ session, strike, bid, ask, expiry, volume, openInterest }) => strike.every((value, i) => value > 0 && bid[i] >= 0 && ask[i] > bid[i] && ask[i] < Infinity && expiry[i] >= session && volume[i] >= 0 && openInterest[i] >= 0));
      }),
      { numRuns: 25 },
    );
  });
});

describe('listed expiries', () => {
  const sessions = XNYS.sessionDays(toEpochDay(isoDate('2014-03-03')), toEpochDay(isoDate('2014-06-30')));
  const listed = listedExpiries(sessions);
  const on = (date: string): string[] => {
    const t = sessions.indexOf(toEpochDay(isoDate(date)));
    return listed.filter(({ from, to }) => from <= t && t <= to).map(({ expiry }) => fromEpochDay(expiry));
  };

  it('are the Fridays of six weeks, third Fridays of three months and those of quarters within a year', () => {
    expect(on('2014-05-12')).toEqual(['2014-05-16', '2014-05-23', '2014-05-30', '2014-06-06', '2014-06-13', '2014-06-20', '2014-07-18', '2014-09-19', '2014-12-19', '2015-03-20']);
  });

  it('fall on the session before where the exchange is closed, and are there until their own day', () => {
    expect(on('2014-04-17')).toContain('2014-04-17'); // Good Friday was the third of the month
    expect(on('2014-04-21')).not.toContain('2014-04-17');
    expect(listed.every(({ expiry }) => XNYS.isSession(fromEpochDay(expiry)))).toBe(true);
  });
});
