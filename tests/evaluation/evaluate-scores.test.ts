import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { evaluateScores, type ScoreEvaluationInput } from '../../src/evaluation/evaluate-scores.js';
import type { ScoreEvaluation, SeriesSummary } from '../../src/evaluation/score-evaluation.js';
import { Panel } from '../../src/table/panel.js';
import { evaluationWorld, SECTORS } from './world.js';

const NAN = Number.NaN;

type Reference = Readonly<Record<'ic' | 'rankIc' | 'spread', Pick<SeriesSummary, 'mean' | 'standardDeviation' | 'icir' | 't' | 'positive'>>> & {
  readonly horizon: number;
  readonly quantiles: number;
  readonly score: (number | null)[][];
  readonly label: (number | null)[][];
  readonly returns: (number | null)[][];
  readonly names: number[];
  readonly daily: { readonly ic: number[]; readonly rankIc: number[] };
  readonly quantileReturns: number[];
  readonly change: { lag: number; turnover: number; rankAutocorrelation: number }[];
};

function withScores(input: ScoreEvaluationInput, score: Float64Array, rows = input.scores.symbols): ScoreEvaluationInput {
  return { ...input, scores: new Panel({ symbols: rows, sessions: input.scores.sessions, columns: { score } }), rng: createRng(5) };
}

describe('evaluateScores against scipy, pandas and statsmodels', () => {
  const reference = JSON.parse(readFileSync(new URL('fixtures/reference.json', import.meta.url), 'utf8')) as Reference;
  const flat = (rows: (number | null)[][]) => Float64Array.from(rows.flat(), (value) => value ?? NAN);
  const symbols = reference.score.map((_, row) => `S${row}`);
  const sessions = Int32Array.from(reference.score[0], (_, t) => 15000 + t);
  const { horizon, quantiles } = reference;
  const found = evaluateScores({ scores: new Panel({ symbols, sessions, columns: { score: flat(reference.score) } }), label: flat(reference.label), returns: flat(reference.returns), horizon, quantiles, minNames: 10, rng: createRng(1) });

  const expectSummary = (summary: SeriesSummary, expected: Reference['ic']): void => {
    for (const key of ['mean', 'standardDeviation', 'icir', 't', 'positive'] as const) expect(summary[key], key).toBeCloseTo(expected[key]!, 10);
  };

  it('correlations of each session, with ties and holes', () => {
    expect(found.daily.names).toEqual(reference.names);
    found.daily.ic.forEach((value, t) => expect(value).toBeCloseTo(reference.daily.ic[t], 12));
    found.daily.rankIc.forEach((value, t) => expect(value).toBeCloseTo(reference.daily.rankIc[t], 12));
  });

  it('mean, deviation, ICIR, Newey–West t and share of positive sessions', () => {
    expectSummary(found.ic, reference.ic);
    expectSummary(found.rankIc, reference.rankIc);
    expectSummary(found.quantiles.spread.return, reference.spread);
  });

  it('returns by quantile, turnover and rank autocorrelation', () => {
    found.quantiles.means.forEach((one, k) => expect(one.return).toBeCloseTo(reference.quantileReturns[k], 12));
    expect(found.change.map(({ lag }) => lag)).toEqual([1, horizon]);
    found.change.forEach((one, k) => {
      expect(one.turnover).toBeCloseTo(reference.change[k].turnover, 12);
      expect(one.rankAutocorrelation).toBeCloseTo(reference.change[k].rankAutocorrelation, 12);
    });
  });
});

describe('evaluateScores by hand', () => {
  const symbols = ['A', 'B', 'C', 'D'];

  it('counts the sessions that it leaves out, by reason', () => {
    // sessions: fine, no scores, one score, two labels, equal scores
    const score = Float64Array.of(1, NAN, 1, 1, 7, 2, NAN, NAN, 2, 7, 3, NAN, NAN, 3, 7, 4, NAN, NAN, 4, 7);
    const label = Float64Array.of(1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 4, 4, 4, NAN, 4, 3, 3, 3, NAN, 3);
    const scores = new Panel({ symbols, sessions: Int32Array.of(0, 1, 4, 5, 6), columns: { score } });
    const found = evaluateScores({ scores, label, returns: label, horizon: 1, minNames: 3, quantiles: 2, rng: createRng(1) });
    expect(found.leftOut).toEqual({ withoutScores: 1, tooFewScores: 1, tooFewLabels: 1, constant: 1 });
    expect([found.sessions, found.names]).toEqual([['1970-01-01'], { mean: 4, min: 4 }]);
    // 1 − 6 Σ d² / (n (n² − 1)) = 1 − 6 · 2 / 60
    expect(found.daily.rankIc[0]).toBeCloseTo(0.8, 12);
    expect(found.quantiles.means.map((one) => one.label)).toEqual([1.5, 3.5]);
    expect(found.quantiles.spread.label.mean).toBe(2);
    expect([found.rankIc.standardDeviation, found.rankIc.t, found.rankIc.interval]).toEqual([null, null, null]);
  });

  it('replaces what left the top, and sees whether returns lay within', () => {
    // tops: C D, then A D, then A B
    const score = Float64Array.of(1, 4, 4, 2, 1, 3, 3, 2, 1, 4, 3, 2);
    const label = Float64Array.of(0.1, 0.2, 0.3, 0.2, 0.1, 0, 0.3, 0.3, 0.1, 0.4, 0.4, 0.2);
    const bound = (value: number) => new Float64Array(12).fill(value);
    const low = bound(0.1);
    low[0] = NAN;
    const scores = new Panel({ symbols, sessions: Int32Array.of(0, 1, 2), columns: { score, low, high: bound(0.3) } });
    const found = evaluateScores({ scores, label, returns: label, horizon: 2, minNames: 2, quantiles: 2, nominal: 0.8, rng: createRng(1) });
    expect(found.change.map(({ lag, turnover }) => [lag, turnover])).toEqual([[1, 0.5], [2, 1]]);
    // of 11: 0 below, 0.4 twice above
    expect(found.coverage).toMatchObject({ nominal: 0.8, samples: 11, within: 8 / 11, below: 1 / 11, above: 2 / 11, interval: null });
    expect(found.coverage!.width).toBeCloseTo(0.2, 12);
  });

  it('ranks within sectors, names of unknown sector in none', () => {
    const names = Array.from({ length: 11 }, (_, i) => `N${i}`);
    const sectors = new Map(names.slice(0, 10).map((name, i) => [name, i < 5 ? 'up' : 'down']));
    const score = Float64Array.from(names, (_, i) => i);
    const label = Float64Array.of(11, 12, 13, 14, 15, 5, 4, 3, 2, 1, 99);
    const scores = new Panel({ symbols: names, sessions: Int32Array.of(0), columns: { score } });
    const found = evaluateScores({ scores, label, returns: label, horizon: 1, minNames: 5, sectors, rng: createRng(1) });
    expect(found.bySector!.map(({ sector, names: count, rankIc }) => [sector, count, rankIc.mean])).toEqual([['down', 5, -1], ['up', 5, 1]]);
  });

  it('puts equal scores into one quantile, and leaves an empty one empty', () => {
    const scores = new Panel({ symbols, sessions: Int32Array.of(0), columns: { score: Float64Array.of(1, 2, 2, 2) } });
    const label = Float64Array.of(1, 2, 3, 4);
    const { means, spread } = evaluateScores({ scores, label, returns: label, horizon: 1, minNames: 2, quantiles: 4, rng: createRng(1) }).quantiles;
    expect(means.map((one) => [one.label, one.names])).toEqual([[1, 1], [null, 0], [3, 3], [null, 0]]);
    expect(spread.label.mean).toBeNull();
  });
});

describe('laws of evaluateScores', () => {
  const input = evaluationWorld({ sessions: 120 });
  const { symbols, sessions } = input.scores;
  const width = sessions.length;
  const rankFigures = ({ rankIc, byYear, decay, bySector, change, quantiles, daily }: ScoreEvaluation) => ({ rankIc, years: byYear.map((year) => [year.rankIc, year.spread]), decay, bySector, change, quantiles, daily: daily.rankIc });
  const base = evaluateScores(withScores(input, Float64Array.from(input.scores.column('score'))));

  it('scores that are the label have rank IC 1, the label reversed −1', () => {
    const found = evaluateScores(withScores(input, input.label));
    expect([found.rankIc.mean, found.rankIc.standardDeviation, found.rankIc.icir, found.rankIc.t, found.rankIc.positive]).toEqual([1, 0, null, null, 1]);
    expect(found.ic.mean).toBeCloseTo(1, 12);
    expect(found.bySector!.map(({ rankIc }) => rankIc.mean)).toEqual(SECTORS.map(() => 1));
    expect(found.quantiles.monotonicity).toEqual({ rankCorrelation: 1, positiveSpread: 1, pValue: 0 });
    expect(evaluateScores(withScores(input, input.label.map((value) => -value))).rankIc.mean).toBe(-1);
  });

  it('monotone changes of scores, session by session, change no figure of ranks', () => {
    const stretched = Float64Array.from(input.scores.column('score'), (value, i) => Math.exp(value / 2) * (1 + (i % width)) - (i % width));
    expect(rankFigures(evaluateScores(withScores(input, stretched)))).toEqual(rankFigures(base));
  });

  it('the order of symbols changes nothing but rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const order = createRng(seed).shuffle([...symbols.keys()]);
        const moved = (values: ArrayLike<number>) => Float64Array.from({ length: values.length }, (_, i) => values[order[Math.floor(i / width)] * width + (i % width)]);
        const permuted = { ...withScores(input, moved(input.scores.column('score')), order.map((row) => symbols[row])), label: moved(input.label), returns: moved(input.returns), decay: input.decay!.map(({ horizon, label }) => ({ horizon, label: moved(label) })) };
        const found = evaluateScores(permuted);
        expect(found.daily.rankIc).toEqual(base.daily.rankIc);
        expect([found.rankIc, found.decay, found.change, found.bySector]).toEqual([base.rankIc, base.decay, base.change, base.bySector]);
        expect(found.quantiles.spread.return.mean).toBeCloseTo(base.quantiles.spread.return.mean!, 12);
        expect(found.ic.mean).toBeCloseTo(base.ic.mean!, 12);
      }),
      { numRuns: 5 },
    );
  });

  it('the same seed gives the same, and no figure depends on which others are asked for', () => {
    const again = (change: Partial<ScoreEvaluationInput>) => evaluateScores({ ...withScores(input, Float64Array.from(input.scores.column('score'))), ...change });
    expect(again({})).toEqual(base);
    expect(again({ decay: [], sectors: new Map() })).toMatchObject({ rankIc: base.rankIc, ic: base.ic, quantiles: base.quantiles, byYear: base.byYear });
  });

  it('is plain JSON', () => {
    const found = evaluateScores(input);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(found.byYear.map(({ rankIc }) => rankIc.sessions).reduce((a, b) => a + b)).toBe(found.sessions.length);
  });

  it('does not change what it is given', () => {
    const before = [input.label.slice(), input.returns.slice(), input.scores.column('score').slice()];
    evaluateScores(input);
    expect([input.label, input.returns, input.scores.column('score')]).toEqual(before);
  });
});

describe('planted skill', () => {
  const found = evaluateScores(evaluationWorld({ sessions: 1500, symbols: 60, skill: 0.3, missing: 0 }));

  it('in one session decays with the root of the sessions held', () => {
    // correlation with the sum of h independent returns, one of them foreseen: skill / √h; Spearman's is 6 / π asin(r / 2)
    for (const { horizon, rankIc } of found.decay) {
      const expected = (6 / Math.PI) * Math.asin(0.3 / Math.sqrt(horizon) / 2);
      expect(Math.abs(rankIc.mean! - expected), `horizon ${horizon}`).toBeLessThan(4 * (rankIc.standardDeviation! / Math.sqrt(1500)) * Math.sqrt(1.2));
    }
  });

  it('shows in rising quantiles, every sector, and no memory of scores', () => {
    expect(found.quantiles.monotonicity.rankCorrelation).toBe(1);
    expect(found.quantiles.monotonicity.pValue).toBeLessThan(0.01);
    for (const { rankIc } of found.bySector!) expect(rankIc.interval![0]).toBeGreaterThan(0);
    for (const { turnover, rankAutocorrelation } of found.change) {
      expect(turnover).toBeCloseTo(0.8, 1);
      expect(rankAutocorrelation).toBeCloseTo(0, 1);
    }
  });

  it('leaves intervals of the right width covered as promised', () => {
    const { within, interval, samples } = found.coverage!;
    expect(samples).toBe(60 * 1500);
    expect(within).toBeCloseTo(0.8, 2);
    expect(interval![0]).toBeLessThan(within!);
    expect(interval![1]).toBeGreaterThan(within!);
  });

  it('that comes two sessions after the score shows from three sessions on', () => {
    const input = evaluationWorld({ sessions: 1500, symbols: 60, missing: 0 });
    const width = input.scores.sessions.length;
    const score = input.scores.column('score');
    const early = Float64Array.from(score, (_, i) => (i % width < width - 2 ? score[i + 2] : NAN));
    for (const { horizon, rankIc } of evaluateScores(withScores(input, early)).decay) {
      const expected = horizon < 3 ? 0 : (6 / Math.PI) * Math.asin(0.3 / Math.sqrt(horizon) / 2);
      expect(Math.abs(rankIc.mean! - expected), `horizon ${horizon}`).toBeLessThan(4 * (rankIc.standardDeviation! / Math.sqrt(1500)) * Math.sqrt(1.2));
    }
  });
});

describe('what evaluateScores refuses', () => {
  const input = evaluationWorld({ sessions: 20 });

  it.each([
    ['a label of another size', { label: new Float64Array(3) }, 'expected 800 values [40 symbols, 20 sessions] of "label", found 3'],
    ['no horizon', { horizon: 0 }, 'expected a whole number of at least 1 as horizon, found 0'],
    ['one quantile', { quantiles: 1 }, 'expected a whole number from 2 to 100 as quantiles, found 1'],
    ['a nominal coverage in percent', { nominal: 80 }, 'expected a nominal coverage between 0 and 1, found 80'],
    ['a horizon of decay twice', { decay: [{ horizon: 3, label: input.label }, { horizon: 3, label: input.label }] }, 'expected each horizon of decay once, found 3 again'],
    ['an infinite return', { returns: input.returns.map((value, i) => (i === 21 ? Infinity : value)) }, 'expected a finite number or NaN, found Infinity as "return" of "S001" on 2011-01-04'],
  ])('%s', (_, change, message) => {
    expect(() => evaluateScores({ ...input, ...change })).toThrow(message);
  });
});
