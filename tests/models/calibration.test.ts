import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import type { Samples } from '../../src/dataset/samples.js';
import { centredRanks } from '../../src/math/rank.js';
import { fitRankRegression, predictRankRegression, type RankRegressionInput } from './rank-regression.js';
import { applyCalibration, fitCalibration, type Calibration } from '../../src/models/calibration.js';
import { between, madeUpMarket, pick, withShuffledLabels } from './made-up-market.js';
import { altered, study } from './study.js';

/** The sessions of a study whose outcome is known at its last, as samples, and their scores. */
function asSamples({ bars, features, horizon, index }: RankRegressionInput): { samples: Samples; scores: Float64Array } {
  const names = bars.symbols.length;
  const sessions = bars.sessions.slice(0, index - horizon);
  const length = names * sessions.length;
  const [returns, scale, scores] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  sessions.forEach((_, s) => {
    bars.symbols.forEach((symbol, row) => {
      const at = s * names + row;
      const open = bars.series('open', symbol);
      returns[at] = open[s + 1 + horizon] / open[s + 1] - 1;
      scale[at] = features.series('volatility', symbol)[s] * Math.sqrt(horizon / 252);
      scores[at] = features.series('score', symbol)[s];
    });
  });
  return { samples: { features: [], length, x: new Float32Array(), sessions, counts: new Int32Array(sessions.length).fill(names), symbolRows: new Int32Array(length), y: returns, returns, scale }, scores };
}

/** The same samples without those that lack something: what reaches a calibration may or may not hold them. */
function complete({ samples, scores }: { samples: Samples; scores: Float64Array }): { samples: Samples; scores: Float64Array } {
  const kept = Array.from(scores.keys()).filter((at) => ![scores[at], samples.scale[at], samples.returns![at]].some(Number.isNaN));
  return { samples: pick(samples, kept), scores: Float64Array.from(kept, (at) => scores[at]) };
}

const settings = { ...{ window: 504, minSessions: 63, interval: 0.8 }, window: 5040 };

describe('fitCalibration', () => {
  const plain = study({ sessions: 200, symbols: 30, slope: 0.5, scores: 'sessions' });
  const holed = altered(altered(plain, 'score', (score, row, t) => ((row * 7 + t) % 11 === 0 ? Number.NaN : score)), 'volatility', (value, row, t) => ((row + t) % 13 === 0 ? Number.NaN : value * (1 + row / 30)));
  const tied = altered(plain, 'score', (score) => Math.round(score * 5));
  const thin = altered(study({ sessions: 200, symbols: 24, horizon: 3 }), 'score', (score, row, t) => (t % 2 === 0 && row < 5 ? Number.NaN : score));

  it.each([['plain', plain], ['holed', holed], ['tied', tied], ['of too few names every second session', thin]] as const)('equals the regression of the daily run, bit for bit, on data that is %s', (_, given) => {
    const expected = fitRankRegression(given, settings)!;
    for (const scored of [asSamples(given), complete(asSamples(given))]) {
      const found = fitCalibration([scored], { horizon: given.horizon, coverage: settings.interval })!;
      expect(found).toMatchObject({ ...expected, horizon: given.horizon, coverage: settings.interval });
    }
  });

  it('equals it on samples that come in parts', () => {
    const { samples, scores } = asSamples(plain);
    const parts = [between(samples, 0, 80), between(samples, 80, samples.sessions.length)];
    const scored = [{ samples: parts[0], scores: scores.slice(0, parts[0].length) }, { samples: parts[1], scores: scores.slice(parts[0].length) }];
    expect(fitCalibration(scored, { horizon: 5, coverage: 0.8 })).toEqual(fitCalibration([{ samples, scores }], { horizon: 5, coverage: 0.8 }));
  });

  it('says nothing of too few sessions', () => {
    const { samples, scores } = asSamples(plain);
    const few = { samples: between(samples, 0, 20), scores: scores.slice(0, 20 * 30) };
    expect(fitCalibration([few], { horizon: 5, coverage: 0.8 })?.sessions).toBe(20);
    expect(fitCalibration([few], { horizon: 5, coverage: 0.8, minSessions: 21 })).toBeNull();
    expect(fitCalibration([], { horizon: 5, coverage: 0.8, minSessions: 0 })).toBeNull();
  });

  it('refuses what makes no sense', () => {
    const scored = asSamples(plain);
    expect(() => fitCalibration([scored], { horizon: 0, coverage: 0.8 })).toThrow('expected a horizon of at least one session, found 0');
    expect(() => fitCalibration([scored], { horizon: 5, coverage: 1 })).toThrow('expected a coverage between 0 and 1, found 1');
    expect(() => fitCalibration([{ ...scored, scores: scored.scores.slice(1) }], { horizon: 5, coverage: 0.8 })).toThrow('expected a score for each of');
    expect(() => fitCalibration([{ ...scored, samples: { ...scored.samples, returns: null } }], { horizon: 5, coverage: 0.8 })).toThrow('expected samples with returns');
  });

  // Null: returns have nothing to do with scores and do not overlap, so t is about normal with mean 0 and variance 1.
  it('finds no pay-off where there is none', () => {
    const t = Array.from({ length: 60 }, (_, seed) => {
      const samples = withShuffledLabels(madeUpMarket({ seed, symbols: 25, sessions: 120, features: ['score'] }), seed);
      return fitCalibration([{ samples, scores: new Float64Array(samples.x) }], { horizon: 1, coverage: 0.8 })!.slopeT!;
    });
    expect(Math.abs(t.reduce((sum, one) => sum + one, 0) / t.length)).toBeLessThan(3.5 / Math.sqrt(60));
    expect(t.filter((one) => Math.abs(one) > 1.96).length).toBeLessThan(10); // binomial of 60 and 0.05: 9 or fewer in 99.9%
  });
});

describe('applyCalibration', () => {
  const known: Calibration = { horizon: 5, coverage: 0.8, interceptT: null, intercept: 0.1, slope: 0.4, slopeT: 2, errorLow: -1.2, errorHigh: 1.4, sessions: 100 };
  const market = madeUpMarket({ sessions: 3, symbols: 25 });
  const scores = new Float64Array(market.x.subarray(0, market.length));

  it('equals the prediction of the daily run', () => {
    const { expected, low, high } = applyCalibration(known, market, scores);
    for (let session = 0; session < 3; session++) {
      const ranks = centredRanks(scores.subarray(25 * session, 25 * (session + 1)));
      ranks.forEach((rank, name) => {
        const at = 25 * session + name;
        const volatility = market.scale[at] / Math.sqrt(5 / 252);
        const daily = predictRankRegression(known, rank, volatility, 5);
        expect(expected[at]).toBeCloseTo(daily.expectedReturn, 12);
        expect(low[at]).toBeCloseTo(daily.interval[0], 12);
        expect(high[at]).toBeCloseTo(daily.interval[1], 12);
      });
    }
  });

  it('ranks among the scores that are there and says nothing of others', () => {
    const holed = scores.map((score, at) => (at % 5 === 0 ? Number.NaN : score));
    const kept = [...scores.keys()].filter((at) => at % 5 !== 0);
    const found = applyCalibration(known, market, holed);
    const alone = applyCalibration(known, pick(market, kept), Float64Array.from(kept, (at) => scores[at]));
    expect(Float64Array.from(kept, (at) => found.expected[at])).toEqual(alone.expected);
    for (const values of [found.expected, found.low, found.high]) expect(values.filter((_, at) => at % 5 === 0).every(Number.isNaN)).toBe(true);
  });

  it.each([Number.NaN, 0, -1])('says nothing where the scale is %d', (value) => {
    const { expected, low, high } = applyCalibration(known, { ...market, scale: market.scale.map((scale, at) => (at === 4 ? value : scale)) }, scores);
    for (const values of [expected, low, high]) expect(Array.from(values.keys()).filter((at) => Number.isNaN(values[at]))).toEqual([4]);
  });

  it('never promises to lose more than everything', () => {
    expect(applyCalibration({ ...known, errorLow: -500 }, market, scores).low.every((low) => low === -1)).toBe(true);
  });

  it('keeps the expectation within an interval that skewed errors would leave it out of', () => {
    for (const [errorLow, errorHigh] of [[-0.4, -0.1], [0.1, 0.4]]) {
      const { expected, low, high } = applyCalibration({ ...known, errorLow, errorHigh }, market, scores);
      expected.forEach((value, at) => expect(low[at] <= value && value <= high[at]).toBe(true));
    }
  });

  it('holds the outcomes that it is meant to, whatever the rank', () => {
    const samples = madeUpMarket({ seed: 5, sessions: 400, features: ['score'], signal: { score: 1 } });
    const [past, future] = [between(samples, 0, 200), between(samples, 200, 400)];
    for (const coverage of [0.5, 0.8, 0.95]) {
      const calibration = fitCalibration([{ samples: past, scores: new Float64Array(past.x) }], { horizon: 5, coverage })!;
      const { low, high } = applyCalibration(calibration, future, new Float64Array(future.x));
      const halves = [0, 1].map((half) => [...low.keys()].filter((at) => (future.x[at] > 0) === (half === 1)));
      for (const half of halves) {
        const inside = half.filter((at) => low[at] <= future.returns![at] && future.returns![at] <= high[at]).length;
        // about 4000 outcomes, bounds measured on 8000: a deviation of at most 0.01
        expect(Math.abs(inside / half.length - coverage)).toBeLessThan(0.035);
      }
    }
  });
});

describe('random checks', () => {
  it('a greater score is never expected to return less when the pay-off is positive and scales are equal', () => {
    const rng = createRng(9).fork('order');
    const samples = { ...madeUpMarket({ sessions: 5 }), scale: new Float64Array(200).fill(0.03) };
    const scores = Float64Array.from({ length: 200 }, () => rng.integer(0, 9));
    const { expected } = applyCalibration({ horizon: 5, coverage: 0.8, interceptT: null, intercept: 0, slope: 1, slopeT: null, errorLow: -1, errorHigh: 1, sessions: 50 }, samples, scores);
    for (let a = 0; a < 40; a++) for (let b = 0; b < 40; b++) if (scores[a] > scores[b]) expect(expected[a]).toBeGreaterThan(expected[b]);
  });
});
