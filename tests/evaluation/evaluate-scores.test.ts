import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { evaluateScores } from '../../src/evaluation/evaluate-scores.js';
import { Panel } from '../../src/table/panel.js';

const NAN = Number.NaN;

describe('evaluateScores', () => {
  it('gives rank IC 1 to scores that are the label', () => {
    const symbols = Array.from({ length: 24 }, (_, i) => `S${i}`);
    const sessions = Int32Array.from({ length: 40 }, (_, t) => 17000 + t);
    const rng = createRng(1);
    const label = Float64Array.from({ length: 24 * 40 }, () => rng.normal());
    const { rankIc, ic, first, last, leftOut, coverage, bySector } = evaluateScores({ scores: new Panel({ symbols, sessions, columns: { score: label } }), label, returns: label, horizon: 5, rng });
    expect([rankIc.mean, rankIc.positive, rankIc.standardDeviation, rankIc.icir, rankIc.t]).toEqual([1, 1, 0, null, null]);
    expect(ic.mean).toBeCloseTo(1, 12);
    expect([first, last, coverage, bySector]).toEqual(['2016-07-18', '2016-08-26', null, null]);
    expect(leftOut).toEqual({ withoutScores: 0, tooFewScores: 0, tooFewLabels: 0, constant: 0 });
  });

  it('counts the sessions that it leaves out, by reason', () => {
    const symbols = ['A', 'B', 'C', 'D'];
    // sessions: fine, no scores, one score, two labels, equal scores
    const score = Float64Array.of(1, NAN, 1, 1, 7, 2, NAN, NAN, 2, 7, 3, NAN, NAN, 3, 7, 4, NAN, NAN, 4, 7);
    const label = Float64Array.of(1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 4, 4, 4, NAN, 4, 3, 3, 3, NAN, 3);
    const scores = new Panel({ symbols, sessions: Int32Array.of(0, 1, 4, 5, 6), columns: { score } });
    const found = evaluateScores({ scores, label, returns: label, horizon: 1, minNames: 3, quantiles: 2, rng: createRng(1) });
    expect(found.leftOut).toEqual({ withoutScores: 1, tooFewScores: 1, tooFewLabels: 1, constant: 1 });
    expect(found.sessions).toEqual(['1970-01-01']);
    // 1 − 6 Σ d² / (n (n² − 1)) = 1 − 6 · 2 / 60
    expect(found.daily.rankIc[0]).toBeCloseTo(0.8, 12);
    expect(found.quantiles.means.map((one) => one.label)).toEqual([1.5, 3.5]);
    expect(found.quantiles.spread.label.mean).toBe(2);
  });
});
