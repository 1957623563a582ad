import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../../src/core/errors.js';
import { cleanChain } from '../../../src/options/chain/clean-chain.js';
import { expirySlices } from '../../../src/options/chain/clean-rows.js';
import { CHAIN_COLUMNS, type OptionChain } from '../../../src/options/chain/option-chain.js';
import { changed, madeChain } from '../made-chain.js';

const rowsOf = (chain: OptionChain, rows: readonly number[]): OptionChain => ({
  ...chain,
  ...Object.fromEntries(CHAIN_COLUMNS.map((name) => [name, Float64Array.from(rows, (row) => chain[name][row])])),
  expiry: Int32Array.from(rows, (row) => chain.expiry[row]),
  isCall: Uint8Array.from(rows, (row) => chain.isCall[row]),
});

describe('cleaning a chain', () => {
  it('leaves a clean one as it is, sorted', () => {
    const chain = madeChain();
    const rows = cleanChain(chain);
    expect(rows.count).toBe(chain.expiry.length);
    expect(rows).toMatchObject({ spot: 100, spotFrom: 'source', isMixed: false, hasQuotes: false, hasOwnVolatility: true });
    expect(Object.values(rows.excluded).every((count) => count === 0)).toBe(true);
    expect(expirySlices(rows.expiry).map(({ expiry }) => expiry - 20_000)).toEqual([7, 14, 28, 56, 91, 182]);
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Array.from({ length: 492 }, (_, i) => i), { minLength: 492 }), (order) => {
        const chain = madeChain();
        expect(cleanChain(rowsOf(chain, order))).toEqual(cleanChain(chain));
      }),
      { numRuns: 20 },
    );
  });

  it.each<[string, (chain: OptionChain) => OptionChain, string, number]>([
    ['a strike of zero', (chain) => changed(chain, 'strike', (value, row) => (row === 3 ? 0 : value)), 'bad-contract', 1],
    ['a strike that is missing', (chain) => changed(chain, 'strike', (value, row) => (row === 3 ? Number.NaN : value)), 'bad-contract', 1],
    ['a negative volume', (chain) => changed(chain, 'volume', (value, row) => (row === 3 ? -1 : value)), 'impossible-count', 1],
    ['an expiry of before the session', (chain) => ({ ...chain, expiry: chain.expiry.map((day, row) => (row < 5 ? 19_999 : day)) }), 'expired', 5],
    ['a contract that is there twice', (chain) => rowsOf(chain, [0, 0, 1, 2, 2, 2, ...Array.from({ length: 489 }, (_, i) => i + 3)]), 'duplicate', 3],
  ])('leaves out %s, counted', (_, spoil, reason, count) => {
    const rows = cleanChain(spoil(madeChain()));
    expect(rows.excluded).toMatchObject({ [reason]: count });
    expect(rows.count).toBe(rows.found - count);
  });

  it('keeps of duplicates the one with open interest', () => {
    const chain = rowsOf(madeChain(), [0, 0, 1]);
    const rows = cleanChain({ ...chain, volume: Float64Array.of(0, 5, 1), openInterest: Float64Array.of(0, 70, 1) });
    expect(rows.openInterest[rows.strike.indexOf(chain.strike[0])]).toBe(70);
  });

  it.each<[string, OptionChain, string]>([
    ['last prices of another day', madeChain({ volume: () => 0 }), 'stale-trade'],
    ['volatilities above three', madeChain({ volatility: () => 4 }), 'absurd-volatility'],
    ['quotes without a bid', changed(madeChain({ halfSpread: 0.02 }), 'bid', (value, row) => (row % 2 === 0 ? value : 0)), 'empty-quote'],
    ['crossed quotes', changed(madeChain({ halfSpread: 0.02 }), 'bid', (value, row) => (row % 2 === 0 ? value : value + 1)), 'crossed-quote'],
    ['a spread wider than the price', changed(madeChain({ halfSpread: 0.02 }), 'ask', (value, row) => (row % 2 === 0 ? value : 4 * value + 1)), 'wide-quote'],
  ])('gives no price or volatility to contracts with %s, which still count', (_, chain, reason) => {
    const rows = cleanChain(chain);
    expect(rows.unpriced[reason as 'stale-trade']).toBeGreaterThan(100);
    expect(rows.count).toBe(chain.expiry.length);
    expect(rows.openInterest.every((open) => open === 100)).toBe(true);
  });

  it('reads the spot off put-call parity where the source has none', () => {
    const rows = cleanChain(madeChain({ spot: 250, rate: 0.01 }));
    expect(rows.spotFrom).toBe('source');
    const without = cleanChain({ ...madeChain({ spot: 250, rate: 0.01 }), spot: Number.NaN });
    expect(without.spotFrom).toBe('parity');
    expect(without.spot).toBeCloseTo(250, 0);
  });

  it('tells a chain whose prices are of another price of the underlying', () => {
    const rows = cleanChain({ ...madeChain(), spot: 106 });
    expect(rows.isMixed).toBe(false);
    expect(rows.openInterest.every((open) => open === 100)).toBe(true);
    expect(rows.unpriced['chain-off-spot']).toBe(rows.count);
    expect(rows.volatility.every(Number.isNaN)).toBe(true);
    expect(cleanChain({ ...madeChain(), spot: 101 }).unpriced['chain-off-spot']).toBe(0);
    expect(cleanChain({ ...madeChain(), spot: 103, isStale: true }).unpriced['chain-off-spot']).toBeGreaterThan(0);
  });

  it('bears names that are dear to borrow, whose forwards lie far below the spot', () => {
    for (const fee of [0.5, 1, 1.5]) {
      const rows = cleanChain(madeChain({ dividendYield: fee, halfSpread: 0.01, days: [3, 10, 31] }));
      expect(rows.unpriced['chain-off-spot'], `${fee}`).toBe(0);
      expect(rows.isMixed).toBe(false);
    }
  });

  it('does not take a chain for one of quotes by a stray one', () => {
    const chain = madeChain();
    const rows = cleanChain({ ...chain, bid: chain.bid.map((value, row) => (row === 5 ? 1 : value)), ask: chain.ask.map((value, row) => (row === 5 ? 1.1 : value)) });
    expect(rows).toMatchObject({ hasQuotes: false, hasOwnVolatility: true });
    expect(rows.unpriced['empty-quote']).toBe(0);
  });

  it.each([['4:1', 4], ['10:1', 10], ['3:2', 1.5], ['1:8, reverse,', 1 / 8]])('leaves out strikes of before a %s split that stand beside the new ones', (_, factor) => {
    const now = madeChain({ spot: 100 });
    const before = madeChain({ spot: 100 * factor });
    const all = { ...now, ...Object.fromEntries(CHAIN_COLUMNS.map((name) => [name, Float64Array.from([...now[name], ...before[name]])])), expiry: Int32Array.from([...now.expiry, ...before.expiry]), isCall: Uint8Array.from([...now.isCall, ...before.isCall]) };
    const rows = cleanChain(all);
    expect(rows.isMixed).toBe(true);
    // strikes that both bases share cannot be told apart
    const told = before.strike.filter((strike) => Math.abs(strike / 100 - 1) > 0.5).length;
    expect(rows.excluded['other-basis']).toBeGreaterThanOrEqual(0.9 * told);
    expect(cleanChain(now).excluded['other-basis']).toBe(0);
  });

  it('takes a crash for a crash: stale prices of before it are no other basis', () => {
    const before = madeChain({ spot: 100, volume: () => 0 });
    const after = madeChain({ spot: 60, strikes: [0.8, 0.9, 1, 1.1, 1.2, 1.5, 1.6], days: [7, 28] });
    const all = { ...after, ...Object.fromEntries(CHAIN_COLUMNS.map((name) => [name, Float64Array.from([...after[name], ...before[name]])])), expiry: Int32Array.from([...after.expiry, ...before.expiry]), isCall: Uint8Array.from([...after.isCall, ...before.isCall]) };
    expect(cleanChain(all).excluded['other-basis']).toBe(0);
  });

  it('refuses columns of different lengths', () => {
    expect(() => cleanChain({ ...madeChain(), bid: new Float64Array(3) })).toThrow(InvariantError);
  });
});
