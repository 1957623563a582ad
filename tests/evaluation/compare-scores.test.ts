import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { compareScores } from '../../src/evaluation/compare-scores.js';
import { evaluateScores } from '../../src/evaluation/evaluate-scores.js';
import type { ScoreEvaluation } from '../../src/evaluation/score-evaluation.js';
import { Panel } from '../../src/table/panel.js';

const [NAMES, SESSIONS, HORIZON] = [30, 80, 5];
const axes = { symbols: Array.from({ length: NAMES }, (_, row) => `S${row}`), sessions: Int32Array.from({ length: SESSIONS }, (_, t) => 17_000 + t) };

/** Labels of noise, and scores that hold so much of them. */
function made(seed: number, share: number, known: (t: number) => boolean = () => true): ScoreEvaluation {
  const [noise, own] = [createRng(9).fork('labels'), createRng(seed).fork('scores')];
  const label = Float64Array.from({ length: NAMES * SESSIONS }, () => noise.normal());
  const score = label.map((value, i) => (known(i % SESSIONS) ? share * value + own.normal() : Number.NaN));
  return evaluateScores({ scores: new Panel({ ...axes, columns: { score } }), label, returns: label, horizon: HORIZON, rng: createRng(1) });
}

const compared = (a: ScoreEvaluation, b: ScoreEvaluation) => compareScores(a, b, { rng: createRng(3) }).rankIc;

describe('compareScores', () => {
  it('is the difference of the means on sessions that both have, and its opposite the other way round', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 2, max: 5 }), (seed, every) => {
      const [a, b] = [made(seed, 0.3), made(seed + 1, 0, (t) => t % every !== 0)];
      const one = compared(a, b);
      expect(one.sessions).toBe(b.sessions.length);
      const ofA = new Map(a.sessions.map((session, at) => [session, a.daily.rankIc[at]!]));
      const byHand = b.sessions.map((session, at) => ofA.get(session)! - b.daily.rankIc[at]!);
      expect(one.mean).toBeCloseTo(byHand.reduce((sum, value) => sum + value, 0) / byHand.length, 12);
      expect(compared(b, a).mean).toBeCloseTo(-one.mean!, 12);
    }), { numRuns: 15 });
  });

  it('finds the better of two, and nothing between one and itself or two that know nothing', () => {
    const found = compared(made(1, 0.3), made(2, 0));
    expect(found.interval![0]).toBeGreaterThan(0);
    expect(compared(made(1, 0.3), made(1, 0.3))).toMatchObject({ mean: 0, standardDeviation: 0 });
    // null: both know nothing, so the mean of 80 differences of correlations over 30 names has a deviation of √2 / √(29 × 80) = 0.029
    expect(Math.abs(compared(made(3, 0), made(4, 0)).mean!)).toBeLessThan(0.09);
  });

  it('refuses evaluations over different horizons', () => {
    const other = { ...made(1, 0), horizon: 10 };
    expect(() => compared(made(1, 0), other)).toThrow('expected evaluations over one horizon, found 5 and 10 sessions');
  });
});
