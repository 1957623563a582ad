import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { toEpochDay, type IsoDate } from '../../../src/core/dates.js';
import { createRng } from '../../../src/core/rng.js';
import { intervalReport } from '../../../src/evaluation/conformal/interval-report.js';
import { intervalScore } from '../../../src/evaluation/conformal/interval-score.js';
import { pinballLoss } from '../../../src/evaluation/conformal/pinball-loss.js';
import { normalQuantile } from '../../../src/math/normal.js';
import { mean } from '../../../src/math/stats.js';

const number = fc.double({ min: -10, max: 10, noNaN: true });
const level = fc.double({ min: 0.01, max: 0.49, noNaN: true });
const day = (text: string): number => toEpochDay(text as IsoDate);

describe('scores of forecasts', () => {
  it('are those of the definitions', () => {
    expect(pinballLoss(3, 1, 0.9)).toBeCloseTo(1.8, 12);
    expect(pinballLoss(1, 3, 0.9)).toBeCloseTo(0.2, 12);
    expect(pinballLoss(2, 2, 0.9)).toBe(0);
    expect(pinballLoss(Number.NaN, 2, 0.9)).toBeNaN();
    const levels = { low: 0.05, high: 0.95 };
    // Gneiting and Raftery (2007), equation 43, with alpha a tenth: width 4, and 20 times what lies outside
    expect(intervalScore(0, { low: -1, high: 3 }, levels)).toBe(4);
    expect(intervalScore(-1.5, { low: -1, high: 3 }, levels)).toBeCloseTo(4 + (2 / 0.1) * 0.5, 12);
    expect(intervalScore(3.25, { low: -1, high: 3 }, levels)).toBeCloseTo(4 + (2 / 0.1) * 0.25, 10);
    expect(intervalScore(Number.NaN, { low: -1, high: 3 }, levels)).toBeNaN();
    expect(intervalScore(0, { low: Number.NaN, high: 3 }, levels)).toBeNaN();
  });

  it('of an interval are the losses of its ends over their shares', () => {
    fc.assert(
      fc.property(number, number, fc.double({ min: 0, max: 5, noNaN: true }), fc.tuple(level, level), (outcome, low, width, [below, above]) => {
        const [high, levels] = [low + width, { low: below, high: 1 - above }];
        const losses = pinballLoss(outcome, low, below) / below + pinballLoss(outcome, high, 1 - above) / (1 - levels.high);
        expect(intervalScore(outcome, { low, high }, levels)).toBeCloseTo(losses, 8);
      }),
      { seed: 1 },
    );
  });

  it('are least for the truth', () => {
    const rng = createRng(3);
    const outcomes = Array.from({ length: 40_000 }, () => rng.normal());
    const levels = { low: 0.1, high: 0.9 };
    const [z, score] = [normalQuantile(0.9), (low: number, high: number): number => mean(outcomes.map((outcome) => intervalScore(outcome, { low, high }, levels)))];
    // off by a third of a deviation costs some 0.2: ten standard errors of such a mean
    for (const [low, high] of [[-z - 0.3, z + 0.3], [-z + 0.3, z - 0.3], [-z + 0.3, z + 0.3]]) expect(score(low, high)).toBeGreaterThan(score(-z, z) + 0.03);
  });
});

describe('the report on intervals', () => {
  const sessions = [day('2016-12-30'), day('2017-01-03'), day('2018-01-02'), day('2019-01-02')];
  const low = [[0, 0, 0], [0], [Number.NaN, 0], [0]];
  const high = [[1, 1, 1], [2], [1, 4], [1]];
  const outcomes = [[0, -1, 1.5], [2], [0.5, Number.NaN], [0.5]];
  const report = intervalReport({ low, high, outcomes, sessions, levels: { low: 0.1, high: 0.9 } });

  it('counts what lay inside, ends included, below and above, by year of the forecast; what is missing nowhere', () => {
    expect(report.byYear.map(({ year, samples }) => [year, samples])).toEqual([[2016, 3], [2017, 1], [2019, 1]]);
    expect(report.byYear[0]).toMatchObject({ within: 1 / 3, below: 1 / 3, above: 1 / 3, width: 1 });
    expect(report.byYear[0].score).toBeCloseTo((1 + 11 + 6) / 3, 10);
    expect(report.overall).toMatchObject({ samples: 5, within: 3 / 5, below: 1 / 5, above: 1 / 5, width: 6 / 5 });
    expect(report.overall.nominal).toBeCloseTo(0.8, 12);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('says nothing of nothing', () => {
    const empty = intervalReport({ low: [], high: [], outcomes: [], sessions: [], levels: { low: 0.1, high: 0.9 } });
    expect(empty).toEqual({ overall: { nominal: 0.8, samples: 0, within: null, below: null, above: null, width: null, score: null }, byYear: [] });
  });

  it('refuses tables of different sizes', () => {
    const levels = { low: 0.1, high: 0.9 };
    expect(() => intervalReport({ low: [[0]], high: [[1, 1]], outcomes: [[0]], sessions: [sessions[0]], levels })).toThrow('expected 1 stocks on 2016-12-30, found 2');
    expect(() => intervalReport({ low: [[0]], high: [[1]], outcomes: [], sessions: [sessions[0]], levels })).toThrow('expected rows of 1 sessions, found 0');
  });
});
