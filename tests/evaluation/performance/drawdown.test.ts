import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawdownCurve, drawdowns, maxDrawdown, worstDrawdowns } from '../../../src/evaluation/performance/drawdown.js';
import { equityCurve } from '../../../src/evaluation/performance/equity-curve.js';
import { returnsArbitrary } from './draws.js';

/** Returns that pass through these values of equity. */
const through = (...equity: number[]): number[] => equity.slice(1).map((value, t) => value / equity[t] - 1);

describe('drawdowns', () => {
  it('are told with positions and lengths', () => {
    expect(drawdowns(through(1, 2, 1, 1.5, 4, 4, 3, 2, 2))).toEqual([
      { depth: -0.5, peak: 1, trough: 2, recovery: 4, fall: 1, rise: 2, length: 3 },
      { depth: -0.5, peak: 4, trough: 7, recovery: null, fall: 3, rise: null, length: 4 },
    ]);
  });

  it('begin before the first return when that is a loss', () => {
    expect(maxDrawdown([-0.5, 1])).toEqual({ depth: -0.5, peak: 0, trough: 1, recovery: 2, fall: 1, rise: 1, length: 2 });
  });

  it('that reach their high end there, and the next begins', () => {
    expect(drawdowns(through(1, 0.5, 1, 0.25, 1)).map(({ peak, trough, recovery }) => [peak, trough, recovery])).toEqual([[0, 1, 2], [2, 3, 4]]);
  });

  it('are none where equity never falls', () => {
    for (const returns of [[], [0], [0, 0, 0], [0.1, 0, 0.2]]) {
      expect(drawdowns(returns)).toEqual([]);
      expect(maxDrawdown(returns)).toBeNull();
      expect([...drawdownCurve(returns)]).toEqual(new Array(returns.length + 1).fill(0));
    }
  });

  it('of everything are never made good', () => {
    expect(maxDrawdown([1, -1, 3])).toEqual({ depth: -1, peak: 1, trough: 2, recovery: null, fall: 1, rise: null, length: 2 });
  });

  it('are listed by depth, equal ones by time', () => {
    const returns = through(1, 0.75, 1, 0.5, 1, 0.75, 2);
    expect(worstDrawdowns(returns).map(({ peak }) => peak)).toEqual([2, 0, 4]);
    expect(worstDrawdowns(returns, 2)).toEqual(worstDrawdowns(returns).slice(0, 2));
    expect(worstDrawdowns(returns, 0)).toEqual([]);
    for (const count of [-1, 1.5]) expect(() => worstDrawdowns(returns, count)).toThrow(`expected a whole number of drawdowns, found ${count}`);
  });

  it('agree with the curve for any series', () => {
    fc.assert(
      fc.property(returnsArbitrary, (returns) => {
        const curve = drawdownCurve(returns);
        const equity = equityCurve(returns);
        const found = drawdowns(returns);
        expect(maxDrawdown(returns)?.depth ?? 0).toBe(Math.min(...curve));
        const below = new Set<number>();
        for (const [i, { depth, peak, trough, recovery, fall, rise, length }] of found.entries()) {
          const end = recovery ?? returns.length + 1;
          expect(depth).toBe(curve[trough]);
          expect(fall + (rise ?? returns.length - trough)).toBe(length);
          expect(peak).toBeGreaterThanOrEqual(i === 0 ? 0 : found[i - 1].recovery!);
          for (let t = peak + 1; t < end; t++) {
            expect(equity[t]).toBeGreaterThanOrEqual(equity[trough]);
            if (equity[t] < equity[peak]) below.add(t);
          }
          if (recovery !== null) expect(equity[recovery]).toBeGreaterThanOrEqual(equity[peak]);
        }
        expect([...below].sort((a, b) => a - b)).toEqual([...curve.keys()].filter((t) => curve[t] < 0));
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it('are known up to a session by what went before it', () => {
    fc.assert(
      fc.property(returnsArbitrary, (returns) => {
        const cut = Math.floor(returns.length / 2);
        expect(drawdownCurve(returns.slice(0, cut))).toEqual(drawdownCurve(returns).subarray(0, cut + 1));
      }),
      { numRuns: 30, seed: 11 },
    );
  });
});
