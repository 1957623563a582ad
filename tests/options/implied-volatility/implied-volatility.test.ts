import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { impliedVolatilities } from '../../../src/options/implied-volatility/implied-volatilities.js';
import { impliedVolatility } from '../../../src/options/implied-volatility/implied-volatility.js';
import { blackPrice } from '../../../src/options/pricing/black.js';
import { blackScholesGreeks, blackScholesPrice } from '../../../src/options/pricing/black-scholes.js';

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** The relative error of a volatility that a rounding of the price, or of what it is computed from, may make. */
const rounding = (price: number, vega: number, volatility: number, scale: number): number => (4e-16 * (price + scale)) / (vega * volatility);

describe('implied volatility', () => {
  it('leads from the price of a forward’s option back to its volatility', () => {
    fc.assert(
      fc.property(between(-6, 6), between(-5, 1.2), between(-3, 1), fc.boolean(), (moneyness, logDeviation, logYears, isCall) => {
        const [forward, strike, years] = [100, 100 * Math.exp(moneyness), 10 ** logYears];
        const volatility = 10 ** logDeviation / Math.sqrt(years);
        const outOfTheMoney = isCall === strike >= forward;
        const price = blackPrice({ forward, strike, years, volatility, isCall });
        const { vega, delta } = blackScholesGreeks({ spot: forward, strike, years, rate: 0, dividendYield: 0, volatility, isCall: strike >= forward });
        // what the price does not determine, or does not hold, is not asked for; the logarithm of the moneyness is rounded too
        const expected = rounding(price, vega, volatility, outOfTheMoney ? forward * Math.abs(delta) : forward + strike);
        fc.pre(price > 1e-280 && expected < 1e-6);
        const found = impliedVolatility({ price, forward, strike, years, isCall });
        expect(Math.abs(found! / volatility - 1)).toBeLessThan(1e-14 + 8 * expected);
        expect(Math.abs(blackPrice({ forward, strike, years, volatility: found!, isCall }) / price - 1)).toBeLessThan(1e-11);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it('leads from the price of an asset’s option back to its volatility', () => {
    fc.assert(
      fc.property(between(-0.5, 0.5), between(0.01, 3), between(-0.02, 0.1), between(0, 0.08), between(0.05, 1.5), fc.boolean(), (moneyness, years, rate, dividendYield, volatility, isCall) => {
        const option = { spot: 100, strike: 100 * Math.exp(moneyness), years, rate, dividendYield, isCall };
        const { price, vega } = blackScholesGreeks({ ...option, volatility });
        const expected = rounding(price, vega, volatility, 100);
        fc.pre(price > 0 && expected < 1e-6);
        expect(Math.abs(impliedVolatility({ ...option, price })! / volatility - 1)).toBeLessThan(1e-13 + 8 * expected);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('grows with the price, over all regions and their borders', () => {
    for (const strike of [100, 100.0001, 103, 150, 1000]) {
      let before = 0;
      for (let share = 1e-12; share < 1; share = share < 0.01 ? share * 1.5 : share + 0.002) {
        const found = impliedVolatility({ price: 100 * share, forward: 100, strike, years: 1, isCall: true })!;
        expect(found).toBeGreaterThan(before);
        before = found;
      }
    }
  });

  it('is the same for both rights, and for forward and strike exchanged', () => {
    fc.assert(
      fc.property(between(50, 200), between(0.05, 1), between(0.05, 2), (strike, volatility, years) => {
        const at = { forward: 100, strike, years };
        const [call, put] = [true, false].map((isCall) => impliedVolatility({ ...at, isCall, price: blackPrice({ ...at, volatility, isCall }) }));
        fc.pre(call !== null && put !== null && volatility * Math.sqrt(years) > 0.2);
        expect(call / put).toBeCloseTo(1, 11);
        const price = blackPrice({ ...at, volatility, isCall: strike > 100 });
        expect(impliedVolatility({ ...at, isCall: strike > 100, price })).toBe(impliedVolatility({ forward: strike, strike: 100, years, isCall: strike <= 100, price }));
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('is none at and beyond the bounds of the price', () => {
    const at = { forward: 100, strike: 90, years: 0.5 };
    for (const price of [0, 9.99, 10, 100, 100.5, -1, Number.NaN, Infinity]) expect(impliedVolatility({ ...at, price, isCall: true }), `call at ${price}`).toBeNull();
    for (const price of [0, -1, 90, 90.5]) expect(impliedVolatility({ ...at, price, isCall: false }), `put at ${price}`).toBeNull();
    expect(impliedVolatility({ ...at, price: 10.000001, isCall: true })).toBeGreaterThan(0.03);
    expect(impliedVolatility({ ...at, price: 89.999999, isCall: false })).toBeGreaterThan(10);
  });

  it('is positive and finite or none, whatever comes', () => {
    const hostile = [0, -0, 1, -1, 100, 5e-324, 1e-300, 1e-20, 1e20, 1e300, Number.MAX_VALUE, Number.NaN, Infinity, -Infinity, 99.99999999999999, 100.00000000000001];
    const value = fc.oneof(fc.constantFrom(...hostile), fc.double());
    fc.assert(
      fc.property(fc.record({ price: value, forward: value, strike: value, years: value, isCall: fc.boolean() }), value, value, ({ forward, ...of }, rate, dividendYield) => {
        for (const found of [impliedVolatility({ ...of, forward }), impliedVolatility({ ...of, spot: forward, rate, dividendYield })]) {
          if (found !== null) expect(found).toSatisfy((volatility: number) => volatility > 0 && volatility < Infinity);
        }
      }),
      { seed: 4, numRuns: 5000 },
    );
  });
});

describe('many implied volatilities', () => {
  const options = Array.from({ length: 500 }, (_, i) => {
    const [strike, years, volatility, isCall] = [60 + (i % 81), 0.01 + (i % 17) / 10, 0.1 + (i % 7) / 10, i % 3 > 0];
    const [rate, dividendYield] = [(i % 5) / 100, (i % 2) / 50];
    const price = i % 50 === 7 ? -1 : blackScholesPrice({ spot: 100, strike, years, rate, dividendYield, volatility, isCall });
    return { price, spot: 100, strike, years, rate, dividendYield, isCall };
  });
  const column = (name: 'price' | 'strike' | 'years' | 'rate' | 'dividendYield'): Float64Array => Float64Array.from(options, (of) => of[name]);
  const isCall = Uint8Array.from(options, (of) => (of.isCall ? 1 : 0));

  it('are bit for bit what each is alone, NaN where that is null', () => {
    const alone = options.map((of) => impliedVolatility(of) ?? Number.NaN);
    const columns = { price: column('price'), spot: 100, strike: column('strike'), years: column('years'), rate: column('rate'), dividendYield: column('dividendYield'), isCall };
    expect([...impliedVolatilities(columns)]).toEqual(alone);
    expect(alone.filter(Number.isNaN).length).toBeGreaterThanOrEqual(10);
    const out = new Float64Array(500);
    expect(impliedVolatilities({ ...columns, spot: new Float64Array(500).fill(100) }, out)).toBe(out);
    expect([...out]).toEqual(alone);
  });

  it('take one value for all, and refuse columns of different lengths', () => {
    const found = impliedVolatilities({ price: Float64Array.of(5, 7), forward: 100, strike: 100, years: 0.5, isCall: true });
    expect([...found]).toEqual([5, 7].map((price) => impliedVolatility({ price, forward: 100, strike: 100, years: 0.5, isCall: true })));
    expect(() => impliedVolatilities({ price: new Float64Array(2), forward: 100, strike: new Float64Array(3), years: 1, isCall: true })).toThrow('expected 2 rows in every column, as in "price", found 3 in "strike" of the prices');
    expect(() => impliedVolatilities({ price: new Float64Array(2), forward: 100, strike: 90, years: 1, isCall: true }, new Float64Array(1))).toThrow('expected 2 rows to write "implied volatility" to, found 1');
  });
});
