import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { mean } from '../../../src/math/stats.js';
import { gradesOf } from '../../../src/models/ranker/grades.js';
import { ValidationRankIc } from '../../../src/models/ranker/validation-rank-ic.js';
import { sessionRankIcs } from '../../../src/models/session-rank-ics.js';
import { madeUpMarket } from '../made-up-market.js';

describe('grades', () => {
  it('cut each session into equal classes by rank', () => {
    const labels = Float64Array.of(0.3, -0.1, 0.2, 0.9, 5, 4, 3, 2);
    expect(Array.from(gradesOf(labels, Int32Array.of(4, 4), 4))).toEqual([2, 0, 1, 3, 3, 2, 1, 0]);
    expect(Array.from(gradesOf(labels, Int32Array.of(8), 2))).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('are the same for equal labels', () => {
    expect(Array.from(gradesOf(Float64Array.of(1, 1, 1, 2), Int32Array.of(4), 4))).toEqual([1, 1, 1, 3]);
  });

  it('are whole numbers below their count, ascend with the label and do not depend on its scale', () => {
    const session = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(fc.property(session, fc.integer({ min: 2, max: 20 }), (values, grades) => {
      const labels = Float64Array.from(values);
      const found = gradesOf(labels, Int32Array.of(values.length), grades);
      expect(found.every((grade) => Number.isInteger(grade) && grade >= 0 && grade < grades)).toBe(true);
      values.forEach((one, i) => values.forEach((other, j) => one < other && expect(found[i]).toBeLessThanOrEqual(found[j])));
      expect(gradesOf(labels.map((value) => 3 * value + 7), Int32Array.of(values.length), grades)).toEqual(found);
    }));
  });
});

describe('the rank correlation that is watched', () => {
  it('is the mean of those of the sessions', () => {
    const market = madeUpMarket({ symbols: 31, sessions: 25, seed: 4 });
    const rng = createRng(1);
    const watched = new ValidationRankIc(market.y!, market.counts);
    for (let round = 0; round < 3; round++) {
      const scores = Float64Array.from({ length: market.length }, (_, at) => Math.round(5 * (rng.normal() + market.y![at]))); // with ties
      expect(watched.of(scores)).toBeCloseTo(mean(sessionRankIcs(market, scores)), 12);
    }
  });

  it('copes with sessions of different sizes, and leaves out small ones', () => {
    const market = { ...madeUpMarket({ symbols: 1, sessions: 93, seed: 5 }), counts: Int32Array.of(30, 5, 30, 28), sessions: Int32Array.of(1, 2, 3, 4) };
    const scores = market.y!.map((label, at) => label + Math.sin(at));
    expect(new ValidationRankIc(market.y!, market.counts).of(scores)).toBeCloseTo(mean(sessionRankIcs(market, scores)), 12);
    expect(sessionRankIcs(market, scores)).toHaveLength(3);
  });

  it('is undefined where nothing varies', () => {
    const market = madeUpMarket({ symbols: 30, sessions: 2 });
    expect(new ValidationRankIc(market.y!, market.counts).of(new Float64Array(market.length))).toBeNull();
    expect(new ValidationRankIc(new Float64Array(), new Int32Array()).of(new Float64Array())).toBeNull();
  });
});
