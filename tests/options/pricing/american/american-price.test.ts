import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { americanPrice, americanValue } from '../../../../src/options/pricing/american/american-price.js';
import { latticePrice } from '../../../../src/options/pricing/american/lattice-price.js';
import { blackScholesPrice } from '../../../../src/options/pricing/black-scholes.js';
import { exerciseValue, randomOption } from './random-option.js';

const put = { spot: 100, strike: 100, years: 1, rate: 0.05, dividendYield: 0.05, volatility: 0.25, isCall: false };

describe('the price of an American option', () => {
  // early-exercise premium at r = q = 5%, σ = 25%, one year, at the money: Andersen, Lake and Offengenden (2016), table 2
  it('has the premium of the published example', () => {
    expect(americanPrice(put, 'precise') - blackScholesPrice(put)).toBeCloseTo(0.106952702747, 9);
    expect(americanPrice(put) - blackScholesPrice(put)).toBeCloseTo(0.106952702747, 5);
  });

  // Merton (1973): exercise at K γ / (γ + 1), γ = 2 r / σ²
  it('nears the perpetual put', () => {
    const far = { ...put, years: 400, dividendYield: 0, rate: 0.08, volatility: 0.3, spot: 90 };
    const gamma = (2 * far.rate) / far.volatility ** 2;
    const boundary = (far.strike * gamma) / (gamma + 1);
    const value = americanValue(far, 'precise');
    expect(value.boundary).toBeCloseTo(boundary, 2);
    expect(value.price).toBeCloseTo((far.strike - boundary) * (far.spot / boundary) ** -gamma, 2);
  });

  it('is at least the European price and the exercise value, at most spot or strike', () => {
    fc.assert(
      fc.property(randomOption, (option) => {
        const price = americanPrice(option);
        expect(price).toBeGreaterThanOrEqual(exerciseValue(option));
        expect(price).toBeGreaterThanOrEqual(blackScholesPrice(option) - 1e-11);
        expect(price).toBeLessThanOrEqual((option.isCall ? option.spot : option.strike) * Math.exp(0.03 * option.years) + 1e-9);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('grows with volatility, time and distance into the money', () => {
    fc.assert(
      fc.property(randomOption, (option) => {
        const price = americanPrice(option);
        const least = price - 2e-6 * option.spot; // the accuracy of either price
        expect(americanPrice({ ...option, volatility: option.volatility * 1.05 })).toBeGreaterThanOrEqual(least);
        expect(americanPrice({ ...option, years: option.years * 1.05 })).toBeGreaterThanOrEqual(least);
        expect(americanPrice({ ...option, spot: option.spot * (option.isCall ? 1.01 : 0.99) })).toBeGreaterThanOrEqual(least);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it('is that of the other right with spot and strike, rate and yield exchanged; and scales with both', () => {
    fc.assert(
      fc.property(randomOption, (option) => {
        const { spot, strike, rate, dividendYield, isCall } = option;
        const mirror = americanPrice({ ...option, spot: strike, strike: spot, rate: dividendYield, dividendYield: rate, isCall: !isCall });
        const price = americanPrice(option);
        expect(Math.abs(mirror - price)).toBeLessThan(1e-9 * spot);
        expect(Math.abs(americanPrice({ ...option, spot: 7 * spot, strike: 7 * strike }) - 7 * price)).toBeLessThan(1e-9 * spot);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('of a call without dividends, and of a put without interest, is the European price', () => {
    for (const strike of [60, 90, 100, 130]) {
      const call = { ...put, strike, dividendYield: 0, isCall: true };
      expect(americanPrice(call)).toBeCloseTo(blackScholesPrice(call), 12);
      const free = { ...put, strike, rate: 0 };
      expect(americanPrice(free)).toBeCloseTo(blackScholesPrice(free), 12);
      expect(americanValue(call).boundary).toBeNull();
    }
  });

  it.each([1e-300, 1e-20, 1e-14, 1e-10])('gains nothing by a rate, or a yield below 0, of %d', (rate) => {
    for (const option of [{ ...put, rate, dividendYield: 0 }, { ...put, rate: 0, dividendYield: -rate }, { ...put, rate: 0, dividendYield: rate, isCall: true }]) {
      const { price, delta, gamma, theta } = americanValue(option);
      expect(Math.abs(price - blackScholesPrice(option))).toBeLessThan(1e-7);
      expect(Number.isFinite(delta + gamma + theta)).toBe(true);
    }
  });

  it('keeps its accuracies beside the precise one', () => {
    const worst = { standard: 0, fast: 0 };
    const typical: number[] = [];
    fc.assert(
      fc.property(randomOption, (option) => {
        const precise = americanPrice(option, 'precise');
        worst.standard = Math.max(worst.standard, Math.abs(americanPrice(option) - precise) / option.spot);
        worst.fast = Math.max(worst.fast, Math.abs(americanPrice(option, 'fast') - precise) / option.spot);
        typical.push(Math.abs(americanPrice(option) - precise) / option.spot);
      }),
      { seed: 4, numRuns: 1000 },
    );
    expect(worst.standard).toBeLessThan(2e-5);
    expect(worst.fast).toBeLessThan(2e-4);
    expect(typical.sort((a, b) => a - b)[Math.floor(0.99 * typical.length)]).toBeLessThan(1e-6);
  });

  it('agrees with a lattice over a grid', () => {
    for (const isCall of [true, false]) {
      for (const years of [0.02, 0.25, 2]) {
        for (const [rate, dividendYield] of [[0.05, 0], [0.05, 0.02], [0.02, 0.07], [0, -0.02], [-0.01, 0.03], [0.04, -0.02]] as const) {
          for (const volatility of [0.1, 0.3, 0.9]) {
            for (const strike of [80, 97, 100, 125]) {
              const option = { spot: 100, strike, years, rate, dividendYield, volatility, isCall };
              expect(Math.abs(americanPrice(option) - latticePrice({ ...option, exercise: 'american', steps: 301 }))).toBeLessThan(0.02);
            }
          }
        }
      }
    }
  });

  it('has an end for everything that it needs', () => {
    expect(americanPrice({ ...put, years: 0, spot: 80 })).toBeCloseTo(20, 12);
    expect(americanPrice({ ...put, years: -1, spot: 120 })).toBe(0);
    expect(americanPrice({ ...put, volatility: 0, rate: 0.05, dividendYield: 0, spot: 90 })).toBeCloseTo(10, 12);
    // without volatility a call on a rising forward waits, and one day is the best to exercise
    expect(americanPrice({ ...put, volatility: 0, rate: 0.05, dividendYield: 0, spot: 100, isCall: true })).toBeCloseTo(100 - 100 * Math.exp(-0.05), 12);
    expect(americanPrice({ ...put, volatility: 1e-9, dividendYield: 0, isCall: true })).toBeCloseTo(100 - 100 * Math.exp(-0.05), 6);
    expect(americanPrice({ ...put, spot: 1e-6 })).toBeCloseTo(100, 5);
    expect(americanPrice({ ...put, spot: 1e9 })).toBe(0);
  });

  it.each([
    ['a missing number', { spot: Number.NaN }],
    ['no spot', { spot: 0 }],
    ['a strike below 0', { strike: -1 }],
    ['volatility below 0', { volatility: -0.1 }],
    ['infinite time', { years: Infinity }],
    ['two exercise boundaries', { rate: -0.01, dividendYield: -0.03 }],
    ['two exercise boundaries of a call', { rate: -0.03, dividendYield: -0.01, isCall: true }],
  ])('is NaN with %s', (_, change) => {
    expect(americanPrice({ ...put, ...change })).toBeNaN();
    expect(americanValue({ ...put, ...change }).price).toBeNaN();
  });
});

describe('the slopes of an American option', () => {
  it('are those of its price', () => {
    fc.assert(
      fc.property(randomOption, (option) => {
        const { spot, years, volatility } = option;
        const value = americanValue(option, 'precise');
        expect(value.price).toBe(americanPrice(option, 'precise'));
        const beyond = value.boundary === null ? Infinity : Math.abs(Math.log(spot / value.boundary));
        fc.pre(beyond > 0.1 * volatility * Math.sqrt(years) && (Math.abs(option.rate - option.dividendYield) * Math.sqrt(years)) / volatility < 0.5);
        const step = 0.01 * spot * volatility * Math.sqrt(years);
        const [up, down] = [americanPrice({ ...option, spot: spot + step }, 'precise'), americanPrice({ ...option, spot: spot - step }, 'precise')];
        expect(Math.abs(value.delta - (up - down) / (2 * step))).toBeLessThan(2e-4);
        expect(Math.abs(value.gamma - (up + down - 2 * value.price) / step ** 2) * spot * volatility * Math.sqrt(years)).toBeLessThan(2e-3);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('pass time as the price does', () => {
    const option = { ...put, spot: 95, rate: 0.06, dividendYield: 0.02 };
    for (const isCall of [true, false]) {
      const passed = (americanPrice({ ...option, isCall, years: 0.999 }, 'precise') - americanPrice({ ...option, isCall, years: 1.001 }, 'precise')) / 0.002;
      expect(americanValue({ ...option, isCall }).theta).toBeCloseTo(passed, 3);
    }
  });

  it('are those of the exercise value where exercise is due', () => {
    expect(americanValue({ ...put, spot: 50 })).toMatchObject({ price: 50, delta: -1, gamma: 0, theta: 0 });
    const call = americanValue({ ...put, spot: 250, rate: 0.01, isCall: true });
    expect(call).toMatchObject({ price: 150, gamma: 0, theta: 0 });
    expect(call.delta).toBeCloseTo(1, 12);
    expect(call.boundary).toBeLessThan(250);
  });
});
