import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { factorsFromActions, factorsFromAdjustedClose, type CorporateAction } from '../../src/data/adjust.js';

const missing = Number.NaN;
const days = (...list: number[]): Int32Array => Int32Array.from(list);
const prices = (...list: number[]): Float64Array => Float64Array.from(list);
const split = (exDay: number, value: number): CorporateAction => ({ exDay, kind: 'split', value });
const dividend = (exDay: number, value: number): CorporateAction => ({ exDay, kind: 'dividend', value });

describe('factors from corporate actions', () => {
  it('halve prices before a split of two for one', () => {
    const { price, split: shares } = factorsFromActions(days(1, 2, 3), prices(100, 102, 52), [split(3, 2)]);
    expect(Array.from(price)).toEqual([0.5, 0.5, 1]);
    expect(Array.from(shares)).toEqual([0.5, 0.5, 1]);
  });

  it('divide prices before a split of seven for one by seven, and multiply them before a reverse split', () => {
    expect(factorsFromActions(days(1, 2), prices(700, 101), [split(2, 7)]).price[0]).toBeCloseTo(1 / 7, 15);
    expect(factorsFromActions(days(1, 2), prices(1, 10.2), [split(2, 0.1)]).price[0]).toBeCloseTo(10, 14);
  });

  it('take a dividend off at the close before its ex-date, and leave the count of shares', () => {
    const { price, split: shares } = factorsFromActions(days(1, 2, 3, 4), prices(98, 100, 99, 101), [dividend(3, 2)]);
    expect(Array.from(price)).toEqual([0.98, 0.98, 1, 1]);
    expect(Array.from(shares)).toEqual([1, 1, 1, 1]);
  });

  it('let an action on a day without session count at the next one', () => {
    const { price } = factorsFromActions(days(1, 2, 5), prices(100, 100, 99), [dividend(4, 1)]);
    expect(Array.from(price)).toEqual([0.99, 0.99, 1]);
  });

  it('ignore actions after the last session and up to the first', () => {
    const none = factorsFromActions(days(3, 4), prices(10, 10), [split(1, 2), split(3, 2), dividend(5, 1), split(9, 3)]);
    expect(Array.from(none.price)).toEqual([1, 1]);
    expect(Array.from(none.split)).toEqual([1, 1]);
  });

  it('multiply actions of one day: the dividend is per share held before the split', () => {
    // 100 a share before; then two shares of 49 and 2 in cash for the old one
    const both = factorsFromActions(days(1, 2), prices(100, 49), [dividend(2, 2), split(2, 2)]);
    expect(both.price[0]).toBeCloseTo(0.49, 15);
    expect(both.split[0]).toBe(0.5);
    const otherOrder = factorsFromActions(days(1, 2), prices(100, 49), [split(2, 2), dividend(2, 2)]);
    expect(otherOrder.price[0]).toBeCloseTo(0.49, 15);
  });

  it('compare a dividend with the last close there is, in shares of the day before the ex-date', () => {
    expect(factorsFromActions(days(1, 2, 3), prices(100, missing, 99), [dividend(3, 2)]).price[0]).toBeCloseTo(0.98, 15);
    // 100 before a split of two for one are 50 after it, of which 1 is two percent
    expect(factorsFromActions(days(1, 2, 3), prices(100, missing, 49), [split(2, 2), dividend(3, 1)]).price[0]).toBeCloseTo(0.49, 15);
  });

  it('leave out a dividend without a close before it, and one that is not below that close', () => {
    expect(Array.from(factorsFromActions(days(1, 2), prices(missing, 99), [dividend(2, 1)]).price)).toEqual([1, 1]);
    expect(Array.from(factorsFromActions(days(1, 2), prices(10, 1), [dividend(2, 10)]).price)).toEqual([1, 1]);
  });

  it('have nothing to say about nothing', () => {
    expect(factorsFromActions(days(), prices(), [split(1, 2)]).price.length).toBe(0);
    expect(Array.from(factorsFromActions(days(1, 2), prices(5, 6), []).price)).toEqual([1, 1]);
  });
});

interface Case {
  readonly sessions: Int32Array;
  readonly close: Float64Array;
  readonly actions: readonly CorporateAction[];
}

/** Sessions a few days apart, closes that may be missing, up to six actions in and around them. */
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    gaps: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }),
    close: fc.array(fc.oneof({ weight: 5, arbitrary: fc.double({ min: 5, max: 500, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(missing) }), { minLength: 12, maxLength: 12 }),
    actions: fc.array(fc.record({ exDay: fc.integer({ min: 95, max: 150 }), kind: fc.constantFrom('split', 'dividend'), value: fc.double({ min: 0.25, max: 4, noNaN: true }) }), { maxLength: 6 }),
  })
  .map(({ gaps, close, actions }) => {
    let day = 100;
    const sessions = Int32Array.from(gaps, (gap) => (day += gap));
    return { sessions, close: Float64Array.from(close.slice(0, sessions.length)), actions: actions.map((action) => action as CorporateAction).sort((a, b) => a.exDay - b.exDay) };
  });

/** The definition, session by session and action by action. */
function slowFactors({ sessions, close, actions }: Case): { price: number[]; split: number[] } {
  const effective = (action: CorporateAction): number => sessions.findIndex((day) => day >= action.exDay);
  const product = (from: number, to: number, of: (action: CorporateAction, at: number) => number): number =>
    actions.reduce((all, action) => {
      const at = effective(action);
      return at > from && at <= to ? all * of(action, at) : all;
    }, 1);
  const sharesPerOld = (from: number, to: number): number => product(from, to, ({ kind, value }) => (kind === 'split' ? value : 1));
  const kept = (action: CorporateAction, at: number): number => {
    if (action.kind === 'split') return 1 / action.value;
    let last = at - 1;
    while (last >= 0 && !(close[last] > 0)) last--;
    if (last < 0) return 1;
    const before = close[last] / sharesPerOld(last, at - 1);
    return action.value < before ? 1 - action.value / before : 1;
  };
  const end = sessions.length - 1;
  return { price: Array.from(sessions, (_, t) => product(t, end, kept)), split: Array.from(sessions, (_, t) => 1 / sharesPerOld(t, end)) };
}

describe('factors of any actions', () => {
  it('equal those of a plain loop over the definition', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { price, split: shares } = factorsFromActions(given.sessions, given.close, given.actions);
        const slow = slowFactors(given);
        for (let t = 0; t < price.length; t++) {
          expect(price[t] / slow.price[t]).toBeCloseTo(1, 10);
          expect(shares[t] / slow.split[t]).toBeCloseTo(1, 10);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('make of an ex-date the total return, with the dividend reinvested at the close before less the dividend', () => {
    fc.assert(
      fc.property(fc.double({ min: 10, max: 200, noNaN: true }), fc.double({ min: 10, max: 200, noNaN: true }), fc.double({ min: 0.01, max: 9, noNaN: true }), (before, after, cash) => {
        const { price } = factorsFromActions(days(1, 2), prices(before, after), [dividend(2, cash)]);
        const adjusted = (after * price[1]) / (before * price[0]) - 1;
        expect(adjusted * (1 - cash / before)).toBeCloseTo((after + cash) / before - 1, 12);
      }),
    );
  });

  it('give the same returns on data cut at any session', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(11), ({ sessions, close, actions }, at) => {
        const end = Math.min(at + 1, sessions.length);
        const whole = factorsFromActions(sessions, close, actions);
        const part = factorsFromActions(sessions.slice(0, end), close.slice(0, end), actions);
        for (let t = 1; t < end; t++) {
          expect(part.price[t] / part.price[t - 1]).toBeCloseTo(whole.price[t] / whole.price[t - 1], 10);
          expect(part.split[t] / part.split[t - 1]).toBeCloseTo(whole.split[t] / whole.split[t - 1], 10);
        }
      }),
    );
  });

  it('read closes and actions without changing them', () => {
    const close = prices(100, 102, 52);
    const actions = Object.freeze([dividend(2, 1), split(3, 2)]);
    factorsFromActions(days(1, 2, 3), close, actions);
    expect(Array.from(close)).toEqual([100, 102, 52]);
  });
});

describe('factors from adjusted closes', () => {
  it('are 1 at the last session and the ratio before', () => {
    expect(Array.from(factorsFromAdjustedClose(prices(100, 100, 50), prices(45, 47.5, 50)))).toEqual([0.45, 0.475, 1]);
  });

  it('are on the basis of the last session that has both, when data ends before the last dividend', () => {
    expect(Array.from(factorsFromAdjustedClose(prices(100, 100), prices(45, 90)))).toEqual([0.5, 1]);
  });

  it('carry the factor before over gaps, and the first one back to the beginning', () => {
    const found = factorsFromAdjustedClose(prices(missing, 100, missing, 100, 100, missing), prices(missing, 80, 90, missing, 100, missing));
    expect(Array.from(found)).toEqual([0.8, 0.8, 0.8, 0.8, 1, 1]);
  });

  it('are 1 where nothing is known', () => {
    expect(Array.from(factorsFromAdjustedClose(prices(10, 11), prices(missing, missing)))).toEqual([1, 1]);
    expect(Array.from(factorsFromAdjustedClose(prices(missing, missing), prices(10, 11)))).toEqual([1, 1]);
    expect(factorsFromAdjustedClose(prices(), prices()).length).toBe(0);
  });

  it('make of closes the returns of the adjusted ones, also on data cut at any session', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ min: 1, max: 500, noNaN: true }), fc.double({ min: 0.2, max: 1, noNaN: true })), { minLength: 2, maxLength: 10 }), fc.integer({ min: 2, max: 10 }), (rows, count) => {
        const close = Float64Array.from(rows, ([price]) => price).slice(0, count);
        const adjusted = Float64Array.from(rows, ([price, factor]) => price * factor).slice(0, count);
        const factors = factorsFromAdjustedClose(close, adjusted);
        expect(factors.at(-1)).toBe(1);
        for (let t = 1; t < close.length; t++) expect((close[t] * factors[t]) / (close[t - 1] * factors[t - 1])).toBeCloseTo(adjusted[t] / adjusted[t - 1], 9);
      }),
    );
  });
});
