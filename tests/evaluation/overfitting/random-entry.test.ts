import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { randomEntryTest, type RandomEntryOptions, type TradeSpan } from '../../../src/evaluation/overfitting/random-entry.js';
import { mean } from '../../../src/math/stats.js';

const [SYMBOLS, SESSIONS] = [12, 260];

/** Walks that share a market: a common and an own move each session. */
function market(seed: number): Float64Array[] {
  const rng = createRng(seed);
  const common = Float64Array.from({ length: SESSIONS }, () => 0.01 * rng.normal());
  return Array.from({ length: SYMBOLS }, () => {
    let price = 100;
    return common.map((move) => (price *= Math.exp(move + 0.01 * rng.normal())));
  });
}

function trades(seed: number, entryOf: (symbol: number, at: number) => boolean = () => true): TradeSpan[] {
  const rng = createRng(seed);
  const found: TradeSpan[] = [];
  while (found.length < 40) {
    const [symbol, entry] = [rng.integer(0, SYMBOLS - 1), rng.integer(0, SESSIONS - 12)];
    if (entryOf(symbol, entry)) found.push({ symbol, entry, exit: entry + rng.integer(3, 10) });
  }
  return found;
}

describe.each(['selection', 'timing'] as const)('random entries by %s', (kind: RandomEntryOptions['null']) => {
  it('are as good as trades that know nothing: p-values are roughly uniform', () => {
    const p = Array.from({ length: 120 }, (_, seed) => randomEntryTest(trades(500 + seed), { prices: market(seed), null: kind, rng: createRng(900 + seed), replicates: 99 })!.pValue);
    // a mean of 120 uniform numbers has standard deviation 0.026, a share of 0.2 one of 0.037
    expect(Math.abs(mean(p) - 0.5)).toBeLessThan(0.1);
    expect(p.filter((value) => value <= 0.2).length / 120).toBeGreaterThan(0.08);
    expect(p.filter((value) => value <= 0.2).length / 120).toBeLessThan(0.32);
  });

  it('are worse than trades that know the future', () => {
    const prices = market(1);
    const knowing = trades(2, (symbol, at) => prices[symbol][at + 3] / prices[symbol][at] > 1.03 && prices[symbol][at + 10] > prices[symbol][at + 3]);
    const found = randomEntryTest(knowing, { prices, null: kind, rng: createRng(3), replicates: 199 })!;
    expect(found.pValue).toBe(1 / 200);
    expect(found.mean).toBeGreaterThan(found.expected.high);
    expect(found.expected.high).toBeGreaterThan(found.expected.median);
  });

  it('are the same for the same seed, sorted, and have the mean gross return', () => {
    const prices = market(4);
    const own = trades(5);
    const test = () => randomEntryTest(own, { prices, null: kind, rng: createRng(6) })!;
    const found = test();
    expect(test()).toEqual(found);
    expect(found.drawn).toHaveLength(1000);
    expect(found.drawn.slice().sort()).toEqual(found.drawn);
    expect(found.mean).toBeCloseTo(mean(own.map(({ symbol, entry, exit }) => prices[symbol][exit] / prices[symbol][entry] - 1)), 14);
    expect(found.pValue).toBe((1 + found.drawn.filter((value) => value >= found.mean).length) / 1001);
  });

  it('are null without trades, and refuse trades without prices', () => {
    const options = { prices: [[1, Number.NaN, 3], [1, 2, 3]], null: kind, rng: createRng(7) };
    expect(randomEntryTest([], options)).toBeNull();
    expect(() => randomEntryTest([{ symbol: 0, entry: 0, exit: 1 }], options)).toThrow('found none from 0 to 1 of trade 0');
    expect(() => randomEntryTest([{ symbol: 1, entry: 1, exit: 1 }], options)).toThrow('expected prices at both ends of a trade that ends after its entry');
    expect(() => randomEntryTest([{ symbol: 2, entry: 0, exit: 1 }], options)).toThrow('of trade 0');
    expect(() => randomEntryTest([{ symbol: 0, entry: 0, exit: 2 }], { ...options, prices: [[1, 2, 3], [1]] })).toThrow('expected prices of 3 sessions of each symbol, found 1 of symbol 1');
  });
});

describe('sets of random trades without prices', () => {
  it('are left out, and there is no test where all are', () => {
    // prices at four sessions of twelve: a shift finds the pair again, half a pair, or nothing
    const at = (...known: number[]): Float64Array[] => [Float64Array.from({ length: 12 }, (_, t) => (known.includes(t) ? 1 + t : Number.NaN))];
    const test = (prices: Float64Array[]) => randomEntryTest([{ symbol: 0, entry: 2, exit: 3 }], { prices, null: 'timing', rng: createRng(13), replicates: 200 });
    const found = test(at(2, 3, 7, 8))!;
    expect([...new Set(found.drawn)]).toEqual([9 / 8 - 1]);
    expect(found.drawn.length).toBeLessThan(50);
    expect(found.pValue).toBe(1 / (1 + found.drawn.length));
    expect(test(at(2, 3))).toBeNull();
  });
});

describe('what chance decides', () => {
  it('by selection is the symbol only: one symbol leaves nothing to choose', () => {
    const prices = [market(8)[0]];
    const own = [{ symbol: 0, entry: 3, exit: 9 }, { symbol: 0, entry: 50, exit: 52 }];
    const found = randomEntryTest(own, { prices, null: 'selection', rng: createRng(9), replicates: 20 })!;
    expect(found.pValue).toBe(1);
    for (const value of found.drawn) expect(value).toBeCloseTo(found.mean, 14);
  });

  it('by timing is one shift of all trades, each entry as likely, those without prices left out', () => {
    // a return of the session in every price: 2^t, where a span of one session always doubles
    const prices = [Float64Array.from({ length: 11 }, (_, t) => (t === 4 ? Number.NaN : 2 ** t))];
    const found = randomEntryTest([{ symbol: 0, entry: 0, exit: 1 }, { symbol: 0, entry: 5, exit: 6 }], { prices, null: 'timing', rng: createRng(10), replicates: 50 })!;
    expect([...new Set(found.drawn)]).toEqual([1]);
    expect(found.pValue).toBe(1);
    const line = [Float64Array.from({ length: 9 }, (_, t) => 1 + t)];
    const drawn = randomEntryTest([{ symbol: 0, entry: 0, exit: 1 }], { prices: line, null: 'timing', rng: createRng(11), replicates: 8000 })!.drawn;
    // anywhere but where it was; a share has standard deviation 0.004
    for (let t = 0; t < 8; t++) expect(Math.abs(drawn.filter((value) => Math.abs(value - 1 / (1 + t)) < 1e-12).length / 8000 - (t === 0 ? 0 : 1 / 7))).toBeLessThan(0.02);
    expect(() => randomEntryTest([{ symbol: 0, entry: 0, exit: 8 }], { prices: line, null: 'timing', rng: createRng(12) })).toThrow('expected more sessions than the longest trade and the place it has, found 9');
  });
});
