import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RollingScores } from '../../../src/evaluation/conformal/rolling-scores.js';

const score = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -2, max: 2, noNaN: true }));

describe('rolling scores', () => {
  it('are those of the last sessions in order, however they began', () => {
    fc.assert(
      fc.property(fc.array(fc.array(score, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 25 }), fc.integer({ min: 1, max: 6 }), fc.nat(), (sessions, window, at) => {
        let rolling = new RollingScores(window);
        sessions.forEach((scores, t) => {
          rolling.add(Float64Array.from(scores, (one) => one + 0));
          if (t === at % sessions.length) rolling = new RollingScores(window, rolling.rows());
          const expected = Float64Array.from(sessions.slice(Math.max(0, t + 1 - window), t + 1).flat(), (one) => one + 0).sort();
          expect(rolling.count).toBe(expected.length);
          expect(rolling.sessions).toBe(Math.min(window, t + 1));
          expect(Float64Array.from(expected, (_, k) => rolling.smallest(k + 1))).toEqual(expected);
        });
      }),
      { seed: 1 },
    );
  });
});
