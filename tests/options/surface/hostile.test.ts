import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { countChainArbitrage } from '../../../src/options/surface/arbitrage.js';
import { constantMaturity, CONSTANT_MATURITIES } from '../../../src/options/surface/constant-maturity.js';
import type { ExpiryRows } from '../../../src/options/surface/expiry-rows.js';
import { fitSmile } from '../../../src/options/surface/fit-smile.js';
import { estimateForward } from '../../../src/options/surface/forward.js';
import { modelFreeVariance, type VarianceExpiry } from '../../../src/options/surface/model-free-variance.js';
import { quoteVariance } from '../../../src/options/surface/quote-variance.js';
import { flatRate } from '../../../src/options/surface/rate-curve.js';
import { smileQuotes } from '../../../src/options/surface/smile-quotes.js';
import { buildSurface, type VolatilitySurface } from '../../../src/options/surface/surface.js';

const NAMES = ['strike', 'price', 'volatility', 'volume', 'openInterest', 'bid', 'ask'] as const;

const hostile = fc.oneof({ weight: 3, arbitrary: fc.double({ min: 0.01, max: 50, noNaN: true }) }, fc.constantFrom(0, -1, 1e-320, 1e-9, 1e9, 1e308, Number.NaN, Infinity, -Infinity));
const strikes = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 80, max: 120 }) }, fc.constantFrom(0, -5, 1e-300, 1e300, Number.NaN, Infinity));
const contract = fc.record({ strike: strikes, isCall: fc.constantFrom(0, 1), price: hostile, volatility: fc.oneof({ weight: 4, arbitrary: fc.double({ min: 0.05, max: 2, noNaN: true }) }, hostile), volume: hostile, openInterest: hostile, bid: hostile, ask: hostile });
const contracts = fc.array(contract, { maxLength: 60 });

function rowsOf(made: readonly Record<(typeof NAMES)[number] | 'isCall', number>[]): ExpiryRows {
  const columns = Object.fromEntries(NAMES.map((name) => [name, Float64Array.from(made, (one) => one[name])]));
  return { ...columns, isCall: Uint8Array.from(made, (one) => one.isCall) } as unknown as ExpiryRows;
}

/** Every number below an object, functions left out. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

/** Everything that is built of chains, with what tells of it. */
function built(expiries: readonly { readonly years: number; readonly rows: ExpiryRows }[], spot: number): { readonly surface: VolatilitySurface; readonly told: unknown[] } {
  const forwards = expiries.map(({ years, rows }) => estimateForward(rows, { years, spot, curve: flatRate(0.04) }));
  const surface = buildSurface(expiries.map(({ years, rows }, i) => fitSmile(smileQuotes(rows, { years, ...forwards[i] }))));
  const variances: VarianceExpiry[] = expiries.map(({ years, rows }, i) => ({ years, rows, discount: forwards[i].discount }));
  const told = [
    forwards, surface.smiles, surface.refused, surface.calendar,
    CONSTANT_MATURITIES.map((days) => constantMaturity(surface, days)),
    [7, 30].map((days) => [modelFreeVariance({ prices: 'smile', surface }, days), modelFreeVariance({ prices: 'quotes', expiries: variances }, days)]),
    variances.map(({ rows, years, discount }) => quoteVariance(rows, { years, discount })),
    variances.map(({ rows, discount }, i) => countChainArbitrage(rows, { forward: forwards[i].forward, discount })),
  ];
  return { surface, told };
}

describe('surfaces of hostile chains', () => {
  it('neither crash nor hold an infinity', () => {
    const time = fc.constantFrom(-0.1, 0, 1 / 365, 0.02, 0.08, 0.08, 0.2, 3, Number.NaN, Infinity);
    fc.assert(
      fc.property(fc.array(fc.record({ years: time, made: contracts }), { maxLength: 5 }), fc.constantFrom(100, 100, 0, -1, Number.NaN, Infinity, 1e-300), (made, spot) => {
        const { surface, told } = built(made.map((one) => ({ years: one.years, rows: rowsOf(one.made) })), spot);
        for (const value of numbersOf(told)) expect(Math.abs(value)).not.toBe(Infinity);
        expect(surface.smiles.length + surface.refused.length).toBeLessThanOrEqual(made.length);
      }),
      { seed: 51, numRuns: 600 },
    );
  });

  it('are none of an empty chain', () => {
    const { surface } = built([{ years: 0.1, rows: rowsOf([]) }], 100);
    expect(surface).toMatchObject({ smiles: [], refused: [{ kind: 'none', reason: 'too-few-quotes', points: 0 }] });
  });

  it('take a hundred thousand contracts of one expiry', () => {
    const made = Array.from({ length: 100_000 }, (_, i) => ({ strike: 50 + (i % 50_000) / 500, isCall: i < 50_000 ? 1 : 0, price: 5, volatility: 0.2 + ((i * 31) % 97) / 1000, volume: i % 7, openInterest: 1, bid: Number.NaN, ask: Number.NaN }));
    const { surface } = built([{ years: 0.1, rows: rowsOf(made) }], 100);
    expect(surface.smiles).toHaveLength(1);
    expect(surface.smiles[0].volatility(0)).toBeCloseTo(0.25, 1);
  });
});
