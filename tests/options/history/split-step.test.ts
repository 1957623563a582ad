import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mayBeSplit, sinceLastSplit } from '../../../src/options/history/split-step.js';

describe('a step of the unadjusted price', () => {
  it.each([[100, 100, false], [100, 139, false], [139, 100, false], [100, 141, true], [900, 90, true], [20, 30, true], [30, 20, true], [Number.NaN, 100, true], [100, Number.NaN, true]])('from %d to %d may be a split: %s', (before, after, expected) => {
    expect(mayBeSplit(before, after)).toBe(expected);
  });

  it.each([
    { price: [], since: 0 },
    { price: [Number.NaN, Number.NaN], since: 0 },
    { price: [100, 101, 99], since: 0 },
    { price: [900, 910, 91, 92], since: 2 },
    { price: [50, 25, 26, 260, 255], since: 3 },
    { price: [900, Number.NaN, Number.NaN, 91, Number.NaN, 92], since: 3 },
    { price: [900, 0, 91], since: 2 },
  ])('$price: comparable since $since', ({ price, since }) => {
    expect(sinceLastSplit(Float64Array.from(price))).toBe(since);
  });

  it('is found wherever it was, and once only', () => {
    const step = fc.record({ value: fc.double({ min: -0.3, max: 0.3, noNaN: true }), known: fc.boolean() });
    fc.assert(fc.property(fc.array(step, { minLength: 2, maxLength: 40 }), fc.nat(), fc.constantFrom(2, 3, 10, 0.1, 0.5), (steps, at, factor) => {
      const split = 1 + (at % (steps.length - 1));
      const price = Float64Array.from(steps, ({ value, known }, t) => (known || t === split || t === split - 1 ? 100 * Math.exp(value / 2) * (t < split ? factor : 1) : Number.NaN));
      expect(sinceLastSplit(price)).toBe(split);
    }), { seed: 2 });
  });
});
