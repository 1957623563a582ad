import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { evaluateScores } from '../../src/evaluation/evaluate-scores.js';
import type { ScoreEvaluation } from '../../src/evaluation/score-evaluation.js';
import { neweyWestT } from '../../src/math/stats.js';
import { Panel } from '../../src/table/panel.js';

const [SYMBOLS, SESSIONS, HORIZON, SEEDS] = [24, 400, 5, 200];

/**
 * Null: returns of sessions are independent normal numbers that no score knows. A score is its name's for good, or new on
 * each session; labels are sums over five sessions, so four fifths of one are also in the next.
 */
function evaluateNull(seed: number, kept: boolean): ScoreEvaluation {
  const rng = createRng(seed);
  const width = SESSIONS + HORIZON;
  const daily = Float64Array.from({ length: SYMBOLS * width }, () => rng.normal());
  const table = (value: (row: number, t: number) => number): Float64Array => Float64Array.from({ length: SYMBOLS * SESSIONS }, (_, i) => value(Math.floor(i / SESSIONS), i % SESSIONS));
  const label = table((row, t) => daily.subarray(row * width + t, row * width + t + HORIZON).reduce((a, b) => a + b));
  const own = Float64Array.from({ length: SYMBOLS }, () => rng.normal());
  const symbols = Array.from({ length: SYMBOLS }, (_, row) => `S${row}`);
  const scores = new Panel({ symbols, sessions: Int32Array.from({ length: SESSIONS }, (_, t) => 15000 + t), columns: { score: table((row) => (kept ? own[row] : rng.normal())) } });
  return evaluateScores({ scores, label, returns: label, horizon: HORIZON, rng: rng.fork('bootstrap') });
}

const share = (studies: readonly ScoreEvaluation[], holds: (study: ScoreEvaluation) => boolean): number => studies.filter(holds).length / studies.length;
const naiveT = ({ daily }: ScoreEvaluation): number => neweyWestT(daily.rankIc.map((value) => value!), 0)!;
const encloses = (interval: readonly [number, number] | null): boolean => interval![0] < 0 && interval![1] > 0;

describe('scores that know nothing', { timeout: 60_000 }, () => {
  // a share of 0.95 among 200 seeds has standard deviation 0.015, one of 0.91 has 0.020
  const fresh = Array.from({ length: SEEDS }, (_, seed) => evaluateNull(seed, false));
  const kept = Array.from({ length: SEEDS }, (_, seed) => evaluateNull(1000 + seed, true));

  it('have |t| < 2 in 95 % of cases when they are new on each session', () => {
    expect(share(fresh, ({ rankIc }) => Math.abs(rankIc.t!) < 2)).toBeGreaterThan(0.9);
    expect(share(fresh, ({ rankIc }) => Math.abs(rankIc.t!) < 2)).toBeLessThan(0.99);
    expect(share(fresh, ({ rankIc }) => encloses(rankIc.interval))).toBeGreaterThan(0.89);
  });

  it('have |t| < 2 in nearly so many when they are kept, where a t that takes sessions for independent is wrong in a third', () => {
    // information coefficients share 1 − k / 5 with those k sessions on: their mean has 5 times the variance of independent
    // ones; Bartlett weights of 5 lags see 3.67 of it, so |t| < 2 in P(|z| < 1.71) = 91 %; naive t in P(|z| < 0.89) = 63 %
    const found = share(kept, ({ rankIc }) => Math.abs(rankIc.t!) < 2);
    expect(found).toBeGreaterThan(0.86);
    expect(found).toBeLessThan(0.96);
    expect(share(kept, (study) => Math.abs(naiveT(study)) < 2)).toBeLessThan(0.71);
  });

  it('have intervals that enclose nothing gained: blocks of 12 sessions see 4.33 of the 5', () => {
    // 93.7 % in long series; here 33 blocks
    expect(share(kept, ({ rankIc }) => encloses(rankIc.interval))).toBeGreaterThan(0.87);
    expect(share(kept, ({ rankIc }) => encloses(rankIc.interval))).toBeLessThan(0.985);
    expect(share(kept, ({ quantiles }) => encloses(quantiles.spread.return.interval))).toBeGreaterThan(0.87);
  });

  it('have quantiles that seem to rise throughout no more often than promised', () => {
    // of returns that do not rise, p < 0.05 in at most 5 % (Patton and Timmermann, 2010)
    expect(share([...fresh, ...kept], ({ quantiles }) => quantiles.monotonicity.pValue! < 0.05)).toBeLessThan(0.09);
  });
});
