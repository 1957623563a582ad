import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normalCumulative, normalDensity } from '../../../src/math/normal.js';
import { blackPrice } from '../../../src/options/pricing/black.js';
import { blackScholesGreeks, blackScholesPrice } from '../../../src/options/pricing/black-scholes.js';
import { GREEKS, type Greek } from '../../../src/options/pricing/greek-formulas.js';
import { greeks } from '../../../src/options/pricing/greeks.js';
import { INPUTS, type EuropeanOption, type InputName } from '../../../src/options/pricing/option-columns.js';

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

const option: fc.Arbitrary<EuropeanOption> = fc.record({ spot: between(50, 200), strike: between(50, 200), years: between(0.02, 2), rate: between(-0.02, 0.1), dividendYield: between(0, 0.08), volatility: between(0.1, 1), isCall: fc.boolean() });

const anyOption: fc.Arbitrary<EuropeanOption> = fc.record({
  spot: between(1e-6, 1e6), strike: between(1e-6, 1e6), years: fc.oneof(fc.constant(0), between(0, 1e-6), between(0, 30)), rate: between(-0.5, 0.5), dividendYield: between(-0.5, 0.5),
  volatility: fc.oneof(fc.constant(0), between(0, 1e-8), between(0, 50)), isCall: fc.boolean(),
});

const plain: EuropeanOption = { spot: 100, strike: 100, years: 0.5, rate: 0.03, dividendYield: 0.01, volatility: 0.2, isCall: true };

/** Symmetric difference of a Greek of the option by one of its inputs. */
function slope(of: EuropeanOption, greek: Greek, by: InputName, step: number): number {
  const at = (value: number): number => blackScholesGreeks({ ...of, [by]: value })[greek];
  return (at(of[by] + step) - at(of[by] - step)) / (2 * step);
}

describe('Black, Scholes and Merton', () => {
  it('keeps the parity of puts and calls, and of their Greeks', () => {
    fc.assert(
      fc.property(option, (of) => {
        const [call, put] = [true, false].map((isCall) => blackScholesGreeks({ ...of, isCall }));
        const [asset, strike] = [of.spot * Math.exp(-of.dividendYield * of.years), of.strike * Math.exp(-of.rate * of.years)];
        expect(call.price - put.price).toBeCloseTo(asset - strike, 11);
        expect(call.delta - put.delta).toBeCloseTo(asset / of.spot, 13);
        expect(call.rho - put.rho).toBeCloseTo(of.years * strike, 10);
        expect(call.theta - put.theta).toBeCloseTo(of.dividendYield * asset - of.rate * strike, 11);
        expect(call.charm - put.charm).toBeCloseTo((of.dividendYield * asset) / of.spot, 11);
        for (const same of ['gamma', 'vega', 'vanna', 'vomma', 'speed', 'color'] as const) expect(call[same]).toBe(put[same]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it.each<[Greek, Greek, InputName, number]>([
    ['delta', 'price', 'spot', 1], ['gamma', 'delta', 'spot', 1], ['speed', 'gamma', 'spot', 1], ['vega', 'price', 'volatility', 1], ['vanna', 'delta', 'volatility', 1], ['vomma', 'vega', 'volatility', 1],
    ['rho', 'price', 'rate', 1], ['theta', 'price', 'years', -1], ['charm', 'delta', 'years', -1], ['color', 'gamma', 'years', -1],
  ])('has %s as the slope of %s by %s', (greek, of, by, sign) => {
    fc.assert(
      fc.property(option, (from) => {
        const step = by === 'spot' ? from.spot * 2e-5 : by === 'years' ? from.years * 2e-5 : 2e-6;
        const found = blackScholesGreeks(from)[greek];
        const scale = Math.abs(found) + Math.abs(blackScholesGreeks(from)[of] / (by === 'spot' || by === 'years' ? from[by] : 0.1));
        expect(Math.abs(sign * slope(from, of, by, step) - found)).toBeLessThan(1e-5 * scale + 1e-8);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('is worth more with volatility, and between its bounds', () => {
    fc.assert(
      fc.property(anyOption, between(0, 1), (of, more) => {
        const price = blackScholesPrice(of);
        const [asset, strike] = [of.spot * Math.exp(-of.dividendYield * of.years), of.strike * Math.exp(-of.rate * of.years)];
        const rounding = 4e-16 * (asset + strike);
        expect(blackScholesPrice({ ...of, volatility: of.volatility + more })).toBeGreaterThanOrEqual(price - rounding);
        expect(price).toBeGreaterThanOrEqual(Math.max(of.isCall ? asset - strike : strike - asset, 0) - rounding);
        expect(price).toBeLessThanOrEqual((of.isCall ? asset : strike) + rounding);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it('has far out of the money a value to the last digits, where the difference of two probabilities has none', () => {
    // 50 digits by mpmath
    expect(blackPrice({ forward: 100, strike: 271.828182845905, years: 1, volatility: 0.1, isCall: true }) / 1.2308359836424837e-23).toBeCloseTo(1, 12);
    expect(blackPrice({ forward: 100, strike: 60.6530659712633, years: 2.5, volatility: 0.2529822128134704, isCall: false }) / 1.554526073879859).toBeCloseTo(1, 14);
  });

  it('is to the last digits what the plain formulas say, over all magnitudes', () => {
    const magnitude = fc.double({ min: -9, max: 9, noNaN: true });
    fc.assert(
      fc.property(magnitude, magnitude, between(-3, 1.5), between(-0.3, 0.3), between(-0.3, 0.3), between(-2, 1), fc.boolean(), (logSpot, logStrike, logYears, rate, dividendYield, logVolatility, isCall) => {
        const [spot, strike, years, volatility] = [10 ** logSpot, 10 ** logStrike, 10 ** logYears, 10 ** logVolatility];
        const deviation = volatility * Math.sqrt(years);
        const d1 = (Math.log(spot / strike) + (rate - dividendYield) * years) / deviation + deviation / 2;
        const d2 = d1 - deviation;
        const [sign, carry, discount] = [isCall ? 1 : -1, Math.exp(-dividendYield * years), Math.exp(-rate * years)];
        fc.pre(Math.abs(d1) < 36 && Math.abs(d2) < 36);
        const found = blackScholesGreeks({ spot, strike, years, rate, dividendYield, volatility, isCall });
        // roundings of d, and of what they are made from, move a density by as much times d
        const tolerance = 1e-14 + 2e-15 * (d1 * d1 + d2 * d2 + deviation * deviation);
        const isNear = (value: number, expected: number): boolean => Math.abs(value / expected - 1) <= tolerance;
        expect(isNear(found.delta, sign * carry * normalCumulative(sign * d1))).toBe(true);
        expect(isNear(found.rho, sign * years * strike * discount * normalCumulative(sign * d2))).toBe(true);
        expect(isNear(found.vega, spot * carry * normalDensity(d1) * Math.sqrt(years))).toBe(true);
        expect(isNear(found.gamma, (carry * normalDensity(d1)) / (spot * deviation))).toBe(true);
      }),
      { seed: 6, numRuns: 3000 },
    );
  });

  it('is finite for whatever can be valued', () => {
    fc.assert(
      fc.property(anyOption, (of) => {
        fc.pre(of.spot !== of.strike);
        const found = blackScholesGreeks(of);
        for (const name of GREEKS) expect(found[name], name).toSatisfy(Number.isFinite);
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

describe('limits', () => {
  const VANISHING = ['gamma', 'vega', 'vanna', 'vomma', 'speed', 'color'] as const;

  const expectNothingOfDensity = (found: Readonly<Record<Greek, number>>): void => expect(VANISHING.map((name) => Math.abs(found[name]))).toEqual(VANISHING.map(() => 0));

  it('without volatility is a forward or nothing', () => {
    const [growth, discount] = [Math.exp(-0.01 * 0.5), Math.exp(-0.03 * 0.5)];
    const found = blackScholesGreeks({ ...plain, strike: 90, volatility: 0 });
    expectNothingOfDensity(found);
    expect(found.price).toBeCloseTo(100 * growth - 90 * discount, 12);
    expect([found.delta, found.charm]).toEqual([growth, 0.01 * growth].map((value) => expect.closeTo(value, 14) as number));
    expect(found.rho).toBeCloseTo(0.5 * 90 * discount, 12);
    expect(found.theta).toBeCloseTo(0.01 * 100 * growth - 0.03 * 90 * discount, 12);
    const worthless = blackScholesGreeks({ ...plain, strike: 90, volatility: 0, isCall: false });
    expect(GREEKS.map((name) => Math.abs(worthless[name]))).toEqual(GREEKS.map(() => 0));
  });

  it('at expiry is what exercise gives', () => {
    const [call, put] = [blackScholesGreeks({ ...plain, spot: 110, years: 0 }), blackScholesGreeks({ ...plain, spot: 90, years: 0, isCall: false })];
    expect(call).toMatchObject({ price: 10, delta: 1, rho: 0 });
    expect(put).toMatchObject({ price: 10, delta: -1 });
    [call, put].forEach(expectNothingOfDensity);
    expect(blackScholesPrice({ ...plain, spot: 90, years: 0 })).toBe(0);
  });

  it('is what a small volatility approaches', () => {
    const [none, little] = [0, 1e-4].map((volatility) => blackScholesGreeks({ ...plain, strike: 95, volatility }));
    for (const name of GREEKS) expect(none[name], name).toBeCloseTo(little[name], 12);
  });

  it('has at the forward itself no curvature to tell', () => {
    const found = blackScholesGreeks({ ...plain, rate: 0, dividendYield: 0, years: 0 });
    expect(found).toMatchObject({ price: 0, delta: 0.5, vega: 0, rho: 0, gamma: Number.NaN, theta: Number.NaN });
  });

  it('with boundless volatility is the asset, or the strike', () => {
    expect(blackScholesGreeks({ ...plain, volatility: 1000, dividendYield: 0 })).toMatchObject({ price: 100, delta: 1, vega: 0 });
    expect(blackScholesPrice({ ...plain, volatility: 1000, isCall: false })).toBeCloseTo(100 * Math.exp(-0.015), 12);
  });
});

describe('many at once', () => {
  const columnsOf = (options: readonly EuropeanOption[]): Record<InputName, Float64Array> & { readonly isCall: Uint8Array } => ({
    ...(Object.fromEntries(INPUTS.map((name) => [name, Float64Array.from(options, (of) => of[name])])) as Record<InputName, Float64Array>),
    isCall: Uint8Array.from(options, ({ isCall }) => (isCall ? 1 : 0)),
  });

  it('are bit for bit what each is alone, over more than a block', () => {
    fc.assert(
      fc.property(fc.array(anyOption, { minLength: 1, maxLength: 40 }), (few) => {
        const options = Array.from({ length: 2500 }, (_, i) => few[i % few.length]);
        const found = greeks(columnsOf(options), GREEKS);
        const alone = few.map(blackScholesGreeks);
        for (const name of GREEKS) expect([...found[name]]).toEqual(options.map((_, i) => alone[i % few.length][name]));
      }),
      { seed: 5, numRuns: 5 },
    );
  });

  it('take one value for all, and write where they are told', () => {
    const strike = Float64Array.of(80, 100, 120);
    const out = { delta: new Float64Array(3) };
    const found = greeks({ ...plain, strike }, ['delta', 'price'], out);
    expect(found.delta).toBe(out.delta);
    expect([...found.price]).toEqual([80, 100, 120].map((k) => blackScholesPrice({ ...plain, strike: k })));
    expect(Object.keys(found)).toEqual(['delta', 'price']);
  });

  it('leave rows without value NaN, and the others alone', () => {
    const wrong: readonly (readonly [InputName, number])[] = [['spot', 0], ['spot', -1], ['strike', 0], ['years', -0.1], ['volatility', -0.1], ['rate', Infinity], ['rate', -1e6], ...INPUTS.map((name) => [name, Number.NaN] as const)];
    const found = greeks(columnsOf([plain, ...wrong.flatMap(([name, value]) => [{ ...plain, [name]: value }, plain])]), GREEKS);
    const alone = blackScholesGreeks(plain);
    for (const name of GREEKS) expect([...found[name]]).toEqual([alone[name], ...wrong.flatMap(() => [Number.NaN, alone[name]])]);
  });

  it('refuse columns of different lengths, and one alone what cannot be', () => {
    expect(() => greeks({ ...plain, strike: new Float64Array(3), years: new Float64Array(2) }, ['delta'])).toThrow('expected 3 rows in every column, as in "strike", found 2 in "years" of the options');
    expect(() => greeks({ ...plain, strike: new Float64Array(3) }, ['delta'], { delta: new Float64Array(2) })).toThrow('expected 3 rows to write "delta" to, found 2');
    expect(() => blackScholesPrice({ ...plain, strike: 0 })).toThrow('expected a positive "strike" of the option, found 0');
    expect(() => blackScholesGreeks({ ...plain, years: -1 })).toThrow('expected "years" of the option not below 0, found -1');
    expect(() => blackScholesPrice({ ...plain, rate: Number.NaN })).toThrow('expected a finite "rate" of the option, found NaN');
    expect(() => blackPrice({ forward: -1, strike: 1, years: 1, volatility: 1, isCall: true })).toThrow('expected a positive "forward" of the option, found -1');
  });
});
