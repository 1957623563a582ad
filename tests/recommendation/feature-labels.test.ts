import { describe, expect, it } from 'vitest';

import { FEATURES } from '../../src/features/registry.js';
import { FEATURE_LABELS } from '../../src/recommendation/feature-labels.js';

const NUMBER = /\d+(?:\.\d+)?(?:e[−+-]?\d+)?/g;

describe('the short words of features', () => {
  it('are of features that there are', () => {
    const names = new Set(FEATURES.map(({ name }) => name));
    expect([...FEATURE_LABELS.keys()].filter((name) => !names.has(name))).toEqual([]);
    expect(FEATURE_LABELS.size).toBeGreaterThan(60);
  });

  it.each([...FEATURE_LABELS.keys()])('of %s begin a sentence and hold no number but the value', (name) => {
    for (const value of [-0.25, 0.0625, 3, 0, 1]) {
      const text = FEATURE_LABELS.get(name)!(value);
      expect(text).toMatch(/^[A-Z]/);
      expect(text).not.toMatch(/NaN|undefined|null|[.,]$/);
      for (const [number] of text.matchAll(NUMBER)) expect([1, 100].some((scale) => Math.abs(Number(number) - scale * Math.abs(value)) < 0.051), text).toBe(true);
      expect(text.match(NUMBER)?.length ?? 0, text).toBeLessThanOrEqual(1);
    }
  });

  it('tell a rise from a fall', () => {
    const said = (name: string, value: number): string => FEATURE_LABELS.get(name)!(value);
    expect([said('return-5', -0.061), said('return-5', 0.061)]).toEqual(['Fell 6.1 % over the last week', 'Rose 6.1 % over the last week']);
    expect([said('distance-to-high-252', -0.125), said('distance-to-low-252', 0.58)]).toEqual(['Stands 12.5 % below its high of the year', 'Stands 58.0 % above its low of the year']);
    expect([said('closing-run-10', -4), said('sessions-since-high-252', 1), said('sessions-since-high-252', 0)]).toEqual(['Has fallen 4 sessions in a row', 'Made its high of the year 1 session ago', 'Made its high of the year today']);
  });
});
