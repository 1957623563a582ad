import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { tradeOrderDrawdowns } from '../../../src/evaluation/overfitting/trade-order.js';

const returns = fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 1, maxLength: 30 });

/** Every order of a few trades. */
const orders = (values: readonly number[]): number[][] => (values.length < 2 ? [[...values]] : values.flatMap((value, i) => orders(values.filter((_, k) => k !== i)).map((rest) => [value, ...rest])));

describe('the order of trades', () => {
  it('shuffled, leaves the end as it is, and draws down between the worst trade and all losses in a row', () => {
    fc.assert(
      fc.property(returns, (values) => {
        const found = tradeOrderDrawdowns(values, { rng: createRng(1), replicates: 30 })!;
        const total = values.reduce((equity, value) => equity * (1 + value), 1) - 1;
        const losses = values.reduce((equity, value) => equity * (1 + Math.min(0, value)), 1) - 1;
        for (const value of found.totalReturns) expect(value).toBeCloseTo(total, 8);
        for (const value of [found.maxDrawdown, ...found.drawdowns]) {
          expect(value).toBeLessThanOrEqual(Math.min(0, ...values) + 1e-12);
          expect(value).toBeGreaterThanOrEqual(losses - 1e-12);
        }
        expect(found.drawdowns.slice().sort()).toEqual(found.drawdowns);
        const { worst1, worst5, median } = found.quantiles;
        expect(worst1 <= worst5 && worst5 <= median).toBe(true);
        expect(found.shareAsDeep >= 0 && found.shareAsDeep <= 1).toBe(true);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('has the distribution of all orders', () => {
    const values = [0.1, -0.2, 0.3, -0.1, -0.05];
    const all = orders(values).map((order) => tradeOrderDrawdowns(order, { rng: createRng(2), replicates: 1 })!.maxDrawdown);
    const found = tradeOrderDrawdowns(values, { rng: createRng(3), replicates: 20_000 })!;
    const share = (drawdowns: ArrayLike<number>, level: number): number => Array.from(drawdowns).filter((value) => value <= level + 1e-12).length / drawdowns.length;
    for (const level of new Set(all)) expect(Math.abs(share(found.drawdowns, level) - share(all, level))).toBeLessThan(0.015);
    expect(Math.abs(found.shareAsDeep - share(all, found.maxDrawdown))).toBeLessThan(0.015);
  });

  it('counts the loss of the first trade from the equity before it', () => {
    expect(tradeOrderDrawdowns([-0.2, 0.5, -0.1], { rng: createRng(4) })!.maxDrawdown).toBeCloseTo(-0.2, 14);
    expect(tradeOrderDrawdowns([0.5, -0.1, -0.2], { rng: createRng(4) })!.maxDrawdown).toBeCloseTo(-0.28, 14);
    expect(tradeOrderDrawdowns([0.1, 0.2], { rng: createRng(4) })).toMatchObject({ maxDrawdown: 0, shareAsDeep: 1, quantiles: { median: 0, worst1: 0 } });
  });

  it('with replacement, ends differ; the same seed gives the same', () => {
    const values = [0.1, -0.2, 0.3, -0.1];
    const test = () => tradeOrderDrawdowns(values, { rng: createRng(5), method: 'replace', replicates: 200 })!;
    expect(test()).toEqual(test());
    expect(new Set(test().totalReturns).size).toBeGreaterThan(10);
    expect(test().totalReturns[0]).toBeGreaterThanOrEqual(0.8 ** 4 - 1);
  });

  it('of no trades is null, and a return below −1 is refused', () => {
    expect(tradeOrderDrawdowns([], { rng: createRng(6) })).toBeNull();
    expect(() => tradeOrderDrawdowns([0.1, -1.1], { rng: createRng(6) })).toThrow('expected returns of trades of at least −1, found -1.1 at trade 1');
    expect(() => tradeOrderDrawdowns([Number.NaN], { rng: createRng(6) })).toThrow('found NaN at trade 0');
  });
});
