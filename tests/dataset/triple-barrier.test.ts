import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { LabelMarket } from '../../src/dataset/labels/label-market.js';
import { forwardLabels } from '../../src/dataset/labels/forward-labels.js';
import { tripleBarrierLabels, type TripleBarrierOptions } from '../../src/dataset/labels/triple-barrier.js';
import { world } from './world.js';

/** The rules one price at a time: the prices of a holding in the order in which they are judged. */
function slowLabel(market: LabelMarket, row: number, t: number, { horizon, up, down }: TripleBarrierOptions): number {
  const { bars } = market;
  const forward = forwardLabels(market, { horizon }).panel;
  const at = row * bars.sessions.length + t;
  const scale = forward.column('scale')[at];
  if (Number.isNaN(forward.column('return')[at]) || !(scale > 0)) return Number.NaN;
  const price = (name: string, session: number): number => bars.series(name, bars.symbols[row])[session];
  const entry = price('open', t + 1);
  const prices: number[] = [];
  for (let s = t + 1; s <= t + horizon; s++) prices.push(price('open', s), price('low', s), price('high', s));
  prices.push(price('open', t + 1 + horizon));
  const touch = prices.find((value) => value <= entry * (1 - down * scale) || value >= entry * (1 + up * scale));
  return touch === undefined ? 0 : touch < entry ? -1 : 1;
}

/** Flat prices at 100 with a little noise for the volatility, and bars written over from position 70 on. */
function drawn(bars: readonly (readonly [open: number, high: number, low: number, close: number])[]): LabelMarket {
  const market = world({ seed: 5, symbols: 1, sessions: 80 });
  const names = ['open', 'high', 'low', 'close'] as const;
  names.forEach((name, i) => {
    const column = market.bars.column(name);
    for (let t = 0; t < column.length; t++) column[t] = 100 + (t % 2);
    bars.forEach((bar, k) => (column[70 + k] = bar[i]));
  });
  return market;
}

describe('triple barrier labels', () => {
  it('equal the rules one price at a time, for any prices and distances', () => {
    const distance = fc.double({ min: 0.1, max: 2, noNaN: true });
    const seen = new Set<number>();
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 8 }), distance, distance, (seed, horizon, up, down) => {
        const market = world({ seed, symbols: 2, sessions: 90, gaps: 0.01, noOpen: 0.01, breaks: 0.005, suspects: 0.02, outsiders: 0.1 });
        const label = tripleBarrierLabels(market, { horizon, up, down }).panel.column('label');
        for (const row of [0, 1]) {
          for (let t = 60; t < 90; t++) {
            expect(label[row * 90 + t]).toBe(slowLabel(market, row, t, { horizon, up, down }));
            seen.add(label[row * 90 + t]);
          }
        }
      }),
      { numRuns: 25, seed: 11 },
    );
    expect(seen).toEqual(new Set([Number.NaN, -1, 0, 1]));
  });

  const quiet = [100, 100.5, 99.5, 100] as const;
  it.each([
    ['neither barrier is 0', [quiet, quiet, quiet, quiet], 0],
    ['a high that reaches up is 1', [quiet, [100, 110, 99.5, 100], quiet, quiet], 1],
    ['a low that reaches down is −1', [quiet, [100, 100.5, 90, 100], quiet, quiet], -1],
    ['a bar that holds both is −1', [quiet, [100, 110, 90, 100], quiet, quiet], -1],
    ['a bar that opens beyond the upper one and falls through is 1', [quiet, [110, 110, 90, 100], quiet, quiet], 1],
    ['the open at the horizon counts', [quiet, quiet, quiet, [110, 111, 80, 100]], 1],
    ['what follows that open does not', [quiet, quiet, quiet, [100, 111, 80, 100]], 0],
    ['the first of two touches counts', [quiet, [100, 100.5, 90, 100], [100, 120, 99, 100], quiet], -1],
  ] as const)('%s', (_, bars, expected) => {
    // decided at 69, bought at the open of 70, sold at the open of 73
    const { panel } = tripleBarrierLabels(drawn(bars), { horizon: 3, up: 2, down: 2 });
    expect(panel.column('scale')[69]).toBeGreaterThan(0.01);
    expect(panel.column('scale')[69]).toBeLessThan(0.02);
    expect(panel.column('label')[69]).toBe(expected);
  });

  it('leave a side out where its distance is infinite', () => {
    const market = drawn([quiet, [100, 110, 90, 100], quiet, quiet]);
    expect(tripleBarrierLabels(market, { horizon: 3, up: 2, down: Number.POSITIVE_INFINITY }).panel.column('label')[69]).toBe(1);
    expect(tripleBarrierLabels(market, { horizon: 3, up: Number.POSITIVE_INFINITY, down: Number.POSITIVE_INFINITY }).panel.column('label')[69]).toBe(0);
  });

  it('say what they are, over another horizon too', () => {
    const labels = tripleBarrierLabels(drawn([]), { horizon: 3, up: 2, down: 1 }).at(1);
    expect(labels).toMatchObject({ horizon: 1, span: 2, describe: 'first barrier touched within 1 session, 2 expected deviations above or 1 below the entry' });
  });

  it('refuse distances that are not positive', () => {
    expect(() => tripleBarrierLabels(drawn([]), { horizon: 3, up: 0, down: 1 })).toThrow('expected a positive number of standard deviations as up, found 0');
  });
});
