import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { drawBlocks, type BlockDraws } from '../../src/evaluation/block-bootstrap.js';
import { backtestOverfitting } from '../../src/evaluation/overfitting/backtest-overfitting.js';
import { compareTrials } from '../../src/evaluation/overfitting/bootstrap-comparison.js';
import { realityCheck, superiorPredictiveAbility } from '../../src/evaluation/overfitting/superior-predictive-ability.js';
import { goldenFolder, printSkipReason } from './folder.js';

interface PValues {
  readonly lower: number;
  readonly consistent: number;
  readonly upper: number;
}

interface Golden {
  /** [session][trial] */
  readonly M: readonly (readonly number[])[];
  readonly benchmark: readonly number[];
  readonly tolerance: { readonly logits: number; readonly pMonteCarlo5000: number };
  readonly pbo: readonly { readonly S: number; readonly combinations: number; readonly pbo: number; readonly pboStrict: number; /** `null` where they are too many to list. */ readonly logits: readonly number[] | null; readonly meanLogit: number; readonly slope: number; readonly intercept: number; readonly probabilityOfLoss: number }[];
  readonly spa: readonly {
    readonly blockSize: number;
    readonly meanDifference: readonly number[];
    readonly longRunVariance: readonly number[];
    readonly statisticStudentised: number;
    readonly statisticRaw: number;
    readonly indices100: readonly (readonly number[])[];
    readonly pWithIndices100: { readonly rawMax: PValues; readonly studentised: PValues };
    readonly pMonteCarlo5000: { readonly rawMax: PValues; readonly studentised: PValues };
    readonly archPvalues: PValues;
  }[];
}

const SUITE = 'overfitting against own CSCV and SPA in numpy, purgedcv and arch';
const folder = goldenFolder();
printSkipReason('golden', SUITE);

/** The file does not say so, but its ranks with 6 blocks are among 10 trials: the first 10 give them all. */
const FIRST_TRIALS: Readonly<Record<number, number>> = { 6: 10 };

/** Rows of sessions as blocks of one session each. */
function blocksOf(rows: readonly (readonly number[])[]): BlockDraws {
  const count = rows[0].length;
  return { count, starts: Int32Array.from(rows.flat()), lengths: new Int32Array(rows.length * count).fill(1), ends: Int32Array.from(rows, (_, row) => (row + 1) * count) };
}

describe('rows of sessions given as blocks', () => {
  it('draw the means of just those sessions', () => {
    const comparisons = compareTrials([[1, 2, 4], [0, 0, 3]], { block: 1, rng: createRng(1), draws: blocksOf([[2, 2, 2], [0, 1, 1]]) }, 'this test');
    const drawn = Array.from(comparisons.each(), ({ drawn }) => [...drawn]);
    [[4, 5 / 3], [3, 0]].forEach((means, trial) => means.forEach((mean, b) => expect(drawn[trial][b]).toBeCloseTo(mean, 14)));
  });
});

describe.skipIf(folder === null)(SUITE, () => {
  const golden = folder === null ? (null as never) : (JSON.parse(readFileSync(join(folder, 'overfitting.json'), 'utf8')) as Golden);
  const trials = (golden?.M[0] ?? []).map((_, trial) => Float64Array.from(golden.M, (row) => row[trial]));

  /** Trials of a case, known by their mean differences: one case holds five of them. */
  const compared = (means: readonly number[]): Float64Array[] =>
    means.map((mean) => {
      const found = trials.filter((series) => Math.abs(series.reduce((sum, value, t) => sum + value - golden.benchmark[t], 0) / series.length - mean) < 1e-12);
      expect(found, `trials with mean difference ${mean}`).toHaveLength(1);
      return found[0];
    });

  it.each((golden?.pbo ?? []).map((expected) => [expected.S, expected] as const))('CSCV with %i blocks', (blocks, expected) => {
    const found = backtestOverfitting(trials.slice(0, FIRST_TRIALS[blocks]), { blocks });
    expect(found.logits).toHaveLength(expected.combinations);
    expect(found.probability).toBeCloseTo(expected.pbo, 11);
    expect(found.strictProbability).toBeCloseTo(expected.pboStrict, 11);
    expect(found.probabilityOfLoss).toBeCloseTo(expected.probabilityOfLoss, 11);
    // the file holds 12 significant digits, so a logit of 3 is rounded at 5e-12
    expected.logits?.forEach((logit, at) => expect(Math.abs(found.logits[at] - logit), `combination ${at}`).toBeLessThanOrEqual(golden.tolerance.logits + 5e-12 * Math.abs(logit)));
    expect(found.meanLogit).toBeCloseTo(expected.meanLogit, 9);
    expect(found.slope).toBeCloseTo(expected.slope, 9);
    expect(found.intercept).toBeCloseTo(expected.intercept, 9);
    expect(found.sessionsLeftOut).toBe(0);
  });

  it.each((golden?.spa ?? []).map((expected) => [expected.blockSize, expected] as const))('SPA with blocks of %i sessions', (block, expected) => {
    const own = compared(expected.meanDifference);
    const options = { block, benchmark: golden.benchmark, rng: createRng(11) };
    [...compareTrials(own, { ...options, draws: blocksOf(expected.indices100) }, 'this test').each()].forEach(({ mean, variance }, trial) => {
      expect(mean).toBeCloseTo(expected.meanDifference[trial], 12);
      expect(variance / expected.longRunVariance[trial]).toBeCloseTo(1, 9);
    });
    const { raw, studentised } = superiorPredictiveAbility(own, { ...options, draws: blocksOf(expected.indices100) });
    expect(studentised.statistic).toBeCloseTo(expected.statisticStudentised, 9);
    expect(raw.statistic).toBeCloseTo(expected.statisticRaw, 12);
    expect(raw.pValues).toEqual(expected.pWithIndices100.rawMax);
    expect(studentised.pValues).toEqual(expected.pWithIndices100.studentised);
    expect(realityCheck(own, { ...options, draws: blocksOf(expected.indices100) }).pValue).toBe(expected.pWithIndices100.rawMax.upper);
  });

  it.each((golden?.spa ?? []).map((expected) => [expected.blockSize, expected] as const))('SPA by own draws with blocks of %i sessions', (block, expected) => {
    const draws = drawBlocks(trials[0].length, { block, replicates: 10_000, method: 'stationary', rng: createRng(12) });
    const { raw, studentised } = superiorPredictiveAbility(compared(expected.meanDifference), { block, benchmark: golden.benchmark, rng: createRng(12), draws });
    const within = (found: PValues, of: PValues): void => (['lower', 'consistent', 'upper'] as const).forEach((name) => expect(Math.abs(found[name] - of[name]), name).toBeLessThanOrEqual(golden.tolerance.pMonteCarlo5000));
    within(raw.pValues, expected.pMonteCarlo5000.rawMax);
    within(raw.pValues, expected.archPvalues);
    within(studentised.pValues, expected.pMonteCarlo5000.studentised);
  });
});
