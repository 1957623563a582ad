import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { MIN_SPANS, OverlappingOutcomes } from '../../src/evaluation/overlapping-outcomes.js';
import { hitRate } from '../../src/recommendation/hit-rate.js';

/** Outcomes over three sessions, one of each session. */
const outcomesOf = (sessions: number): OverlappingOutcomes => new OverlappingOutcomes(Array.from({ length: sessions }, (_, t) => t), { span: 3, rng: createRng(8) });
const everyFourth = (count: number): boolean[] => Array.from({ length: count }, (_, i) => i % 4 === 0);

describe('a hit rate', () => {
  it('counts what came true, and says nothing of its error where the outcomes cover too little time', () => {
    expect(hitRate(everyFourth(8), outcomesOf(8))).toEqual({ hits: 2, of: 8, rate: 0.25, interval: null });
    expect(hitRate([], outcomesOf(0))).toEqual({ hits: 0, of: 0, rate: null, interval: null });
  });

  it('has an interval around the share where they cover enough', () => {
    const count = 4 * 3 * MIN_SPANS;
    const { rate, interval } = hitRate(everyFourth(count), outcomesOf(count));
    expect(rate).toBe(0.25);
    expect(interval![0]).toBeGreaterThan(0.15);
    expect(interval![0]).toBeLessThanOrEqual(0.25);
    expect(interval![1]).toBeGreaterThanOrEqual(0.25);
    expect(interval![1]).toBeLessThan(0.35);
  });

  it('never leaves 0 to 1', () => {
    const count = 3 * MIN_SPANS;
    for (const value of [true, false]) expect(hitRate(Array.from({ length: count }, () => value), outcomesOf(count)).interval).toEqual([Number(value), Number(value)]);
    const almost = hitRate(Array.from({ length: count }, (_, i) => i !== 7), outcomesOf(count)).interval!;
    expect(almost[1]).toBeLessThanOrEqual(1);
  });
});
