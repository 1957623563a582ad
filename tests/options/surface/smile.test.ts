import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../../src/core/errors.js';
import { fitSmile } from '../../../src/options/surface/fit-smile.js';
import type { Smile } from '../../../src/options/surface/smile.js';
import { smileQuotes } from '../../../src/options/surface/smile-quotes.js';
import { splineCurve } from '../../../src/options/surface/spline-smile.js';
import { evenStrikes, madeQuotes, madeRows } from './made-expiry.js';

const skewed = (k: number): number => 0.2 - 0.15 * k + 0.3 * k * k;
const expiry = { years: 0.25, forward: 100, discount: 0.99 };

describe('smileQuotes', () => {
  const rows = madeRows({ ...expiry, strikes: evenStrikes(70, 130, 25), volatility: skewed });

  it('takes puts below the forward and calls from it on, one volatility a strike', () => {
    const shifted = { ...rows, volatility: rows.volatility.map((value, i) => value + (rows.isCall[i] === 1 ? 0.02 : 0)) };
    const quotes = smileQuotes(shifted, expiry);
    const at = (strike: number): number => quotes.volatility[quotes.strike.indexOf(strike)];
    expect(Array.from(quotes.isCall)).toEqual(Array.from(quotes.strike, (strike) => (strike >= 100 ? 1 : 0)));
    expect(at(90)).toBeCloseTo(skewed(Math.log(0.9)), 12);
    expect(at(120)).toBeCloseTo(skewed(Math.log(1.2)) + 0.02, 12);
    expect(at(100)).toBeCloseTo(skewed(0) + 0.01, 5); // both count the same at the forward
    expect(at(97.5)).toBeGreaterThan(skewed(Math.log(0.975)));
    expect(at(97.5)).toBeLessThan(skewed(Math.log(0.975)) + 0.01);
  });

  it('gives the same from rows in any order', () => {
    const order = Array.from(rows.strike.keys()).sort((a, b) => ((a * 7919) % 50) - ((b * 7919) % 50));
    const mixed = Object.fromEntries(Object.entries(rows).map(([name, column]: [string, any]) => [name, column.map((_: number, i: number) => column[order[i]])])) as typeof rows;
    const [once, again] = [smileQuotes(rows, expiry), smileQuotes(mixed, expiry)];
    expect(again.strike).toEqual(once.strike);
    again.volatility.forEach((value, i) => expect(value).toBeCloseTo(once.volatility[i], 14));
  });

  it('weighs by spread where quoted, by trades where not', () => {
    const weightAt = (made: Parameters<typeof smileQuotes>[0]): number => smileQuotes(made, expiry).weight[12];
    const quoted = (halfSpread: number): number => weightAt(madeRows({ ...expiry, strikes: evenStrikes(70, 130, 25), volatility: skewed, halfSpread }));
    expect(quoted(0.001)).toBeGreaterThan(quoted(0.1));
    expect(quoted(0.1)).toBeGreaterThan(quoted(1));
    const traded = (volume: number): number => weightAt({ ...rows, volume: rows.volume.map(() => volume) });
    expect(traded(1000)).toBeGreaterThan(traded(5));
    expect(traded(5)).toBeGreaterThan(traded(0));
    expect(traded(0)).toBeGreaterThan(0);
  });

  it('leaves out what has no volatility or lies too far from the money', () => {
    const far = madeRows({ ...expiry, strikes: [1, 90, 95, 100, 105, 110, 1000], volatility: (k) => (Math.abs(k - Math.log(1.05)) < 1e-9 ? Number.NaN : 0.2) });
    expect(Array.from(smileQuotes(far, expiry).strike)).toEqual([90, 95, 100, 110]);
  });

  it('has no quotes without time or forward', () => {
    for (const wrong of [{ years: 0 }, { years: -1 }, { years: Number.NaN }, { forward: Number.NaN }, { forward: 0 }, { forward: Infinity }]) expect(smileQuotes(rows, { ...expiry, ...wrong }).strike).toHaveLength(0);
  });

  it('rejects columns of different lengths', () => {
    expect(() => smileQuotes({ ...rows, bid: new Float64Array(3) }, expiry)).toThrow(InvariantError);
    expect(() => smileQuotes({ ...rows, bid: new Float64Array(3) }, expiry)).toThrow('expected 50 contracts in every column of an expiry, found 3 in "bid"');
  });
});

describe('fitSmile', () => {
  it('fits SVI from eight quotes on, a spline below', () => {
    const fit = (count: number): Smile => fitSmile(madeQuotes(evenStrikes(-0.2, 0.2, count), skewed, 0.25)) as Smile;
    expect(fit(41)).toMatchObject({ kind: 'svi', points: 41, isButterflyFree: true, isRepaired: false });
    expect(fit(41).rmsError).toBeLessThan(0.001);
    expect(fit(41).volatility(0)).toBeCloseTo(0.2, 3);
    expect(fit(8).kind).toBe('svi');
    expect(fit(7)).toMatchObject({ kind: 'spline', slice: null, rmsError: 0, isButterflyFree: true });
    expect(fit(7).volatility(0)).toBeCloseTo(0.2, 10);
    expect(fit(3).volatility(0.1)).toBeGreaterThan(0);
  });

  it('knows a spline with butterfly arbitrage', () => {
    const humped = (k: number): number => (Math.abs(k) < 0.01 ? 0.3 : 0.2);
    expect(fitSmile(madeQuotes([-0.1, -0.05, 0, 0.05, 0.1], humped, 0.25))).toMatchObject({ kind: 'spline', isButterflyFree: false });
  });

  it('meets a flat smile, and stays on it beyond the quotes', () => {
    for (const count of [3, 5, 30]) {
      const smile = fitSmile(madeQuotes(evenStrikes(-0.3, 0.3, count), () => 0.31, 0.1)) as Smile;
      for (const k of [-1, -0.3, -0.01, 0, 0.2, 0.9]) expect(smile.volatility(k)).toBeCloseTo(0.31, 8);
    }
  });

  it.each([
    ['no-time', madeQuotes(evenStrikes(-0.2, 0.2, 9), skewed, 0)],
    ['no-time', madeQuotes(evenStrikes(-0.2, 0.2, 9), skewed, -0.1)],
    ['no-time', madeQuotes(evenStrikes(-0.2, 0.2, 9), skewed, Number.NaN)],
    ['no-forward', { ...madeQuotes(evenStrikes(-0.2, 0.2, 9), skewed, 0.25), forward: Number.NaN }],
    ['no-forward', { ...madeQuotes(evenStrikes(-0.2, 0.2, 9), skewed, 0.25), discount: 0 }],
    ['too-few-quotes', madeQuotes([], skewed, 0.25)],
    ['too-few-quotes', madeQuotes([0], skewed, 0.25)],
    ['too-few-quotes', madeQuotes([-0.1, 0.1], skewed, 0.25)],
    ['too-few-quotes', madeQuotes(evenStrikes(-0.2, 0.2, 9), () => Number.NaN, 0.25)],
    ['too-few-quotes', madeQuotes(evenStrikes(-0.2, 0.2, 9), () => 0, 0.25)],
    ['too-few-quotes', madeQuotes([0, 0, 0, 0, 0, 0, 0, 0, 0], skewed, 0.25)],
    ['forward-outside', madeQuotes(evenStrikes(0.01, 0.2, 9), skewed, 0.25)],
    ['forward-outside', madeQuotes(evenStrikes(-0.2, -0.01, 5), skewed, 0.25)],
  ])('says %s where there is no smile to be had', (reason, quotes) => {
    expect(fitSmile(quotes)).toMatchObject({ kind: 'none', reason });
  });

  it('gives finite volatilities or a reason, whatever the quotes', () => {
    const number = fc.oneof(fc.double(), fc.double({ min: 0, max: 3 }), fc.constantFrom(0, -1, 1e-300, 1e300, Number.NaN, Infinity));
    const row = fc.record({ strike: fc.oneof({ weight: 4, arbitrary: fc.double({ min: 50, max: 200, noNaN: true }) }, number), volatility: number, weight: number });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.constantFrom(1e-4, 0.02, 0.25, 2), (made, years) => {
        const column = (name: 'strike' | 'volatility' | 'weight'): Float64Array => Float64Array.from(made, (one) => one[name]);
        const smile = fitSmile({ years, forward: 100, discount: 1, strike: column('strike').sort(), volatility: column('volatility'), weight: column('weight'), isCall: new Uint8Array(made.length) });
        if (smile.kind === 'none') return;
        for (const share of [0, 0.2, 0.5, 0.8, 1]) {
          const volatility = smile.volatility(smile.lowest + share * (smile.highest - smile.lowest));
          expect(volatility).toBeGreaterThan(0);
          expect(volatility).toBeLessThan(Infinity);
        }
        expect(smile.rmsError).toBeGreaterThanOrEqual(0);
      }),
      { seed: 13, numRuns: 400 },
    );
  });
});

describe('splineCurve', () => {
  it('meets its points, stays between neighbours, and is flat beyond', () => {
    const points = fc.array(fc.record({ step: fc.double({ min: 0.01, max: 1, noNaN: true }), w: fc.double({ min: 0.01, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(points, fc.double({ min: 0, max: 1, noNaN: true }), (made, share) => {
        let at = 0;
        const k = Float64Array.from(made, ({ step }) => (at += step));
        const w = Float64Array.from(made, (one) => one.w);
        const curve = splineCurve(k, w);
        k.forEach((x, i) => expect(curve(x)).toBeCloseTo(w[i], 12));
        expect([curve(k[0] - 1), curve(at + 1)]).toEqual([w[0], w[w.length - 1]]);
        for (let i = 1; i < k.length; i++) {
          const value = curve(k[i - 1] + share * (k[i] - k[i - 1]));
          expect(value).toBeGreaterThanOrEqual(Math.min(w[i - 1], w[i]) - 1e-12);
          expect(value).toBeLessThanOrEqual(Math.max(w[i - 1], w[i]) + 1e-12);
        }
      }),
      { seed: 14 },
    );
  });

  it('is NaN at NaN', () => {
    expect(splineCurve(Float64Array.of(0, 1), Float64Array.of(1, 2))(Number.NaN)).toBeNaN();
  });
});
