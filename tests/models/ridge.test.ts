import { describe, expect, it } from 'vitest';

import { ConfigError, DataError } from '../../src/core/errors.js';
import { collect, result } from '../../src/core/events.js';
import type { Samples } from '../../src/dataset/samples.js';
import { centredRank } from '../../src/math/cross-section.js';
import { mean } from '../../src/math/stats.js';
import { ridge, type RidgeOptions } from '../../src/models/baselines/ridge.js';
import type { FitContext, FittedForecaster, TrainingData } from '../../src/models/forecaster.js';
import { sessionRankIcs } from '../../src/models/session-rank-ics.js';
import { between, FEATURES, madeUpMarket, withFeatures } from './made-up-market.js';

const context: FitContext = { seed: 1, threads: 1, environment: {} };
const market = madeUpMarket({ seed: 51, sessions: 90, symbols: 30 });
const data: TrainingData = { train: between(market, 0, 50), validation: between(market, 56, 90), horizon: 5 };
const fit = (options: RidgeOptions = {}, changes: Partial<TrainingData> = {}): Promise<FittedForecaster> => result(ridge(options).fit({ ...data, ...changes }, context));

interface Saved {
  readonly coefficients: readonly number[];
  readonly intercept: number;
}
const saved = async (model: FittedForecaster): Promise<Saved> => JSON.parse((await model.save())['ridge.json'] as string) as Saved;

/** Rows of ranks, missing ones 0, session by session: the slow way. */
function rankRows(samples: Samples): number[][] {
  const rows: number[][] = Array.from({ length: samples.length }, () => []);
  samples.features.forEach((_, feature) => {
    let start = 0;
    for (const count of samples.counts) {
      const values = Array.from({ length: count }, (_, name) => samples.x[feature * samples.length + start + name]);
      centredRank(values).forEach((rank, name) => rows[start + name].push(Number.isNaN(rank) ? 0 : rank));
      start += count;
    }
  });
  return rows;
}

/** What ridge minimises: mean squared error of the samples that have a label, and penalty. */
function loss(samples: Samples, { intercept, coefficients }: Saved, penalty: number): number {
  const errors = rankRows(samples).map((row, at) => (samples.y![at] - intercept - row.reduce((sum, rank, feature) => sum + rank * coefficients[feature], 0)) ** 2);
  return mean(errors.filter((error) => !Number.isNaN(error))) + (penalty / 12) * coefficients.reduce((sum, value) => sum + value * value, 0);
}

describe('ridge', () => {
  it.each([0, 0.1, 5])('minimises the penalised squared error (penalty %d)', async (penalty) => {
    const holed = { ...data, train: withFeatures(data.train, (value, feature, sample) => ((feature + sample) % 9 === 0 ? Number.NaN : value)) };
    holed.train = { ...holed.train, y: data.train.y!.map((label, at) => (at % 30 === 4 || at % 7 === 0 ? Number.NaN : label)) };
    const found = await saved(await fit({ penalty }, holed));
    const least = loss(holed.train, found, penalty);
    // the loss is convex: no step along any axis goes down
    for (let feature = -1; feature < FEATURES.length; feature++) {
      for (const step of [1e-3, -1e-3]) {
        const moved = { intercept: found.intercept + (feature === -1 ? step : 0), coefficients: found.coefficients.map((value, at) => value + (at === feature ? step : 0)) };
        expect(loss(holed.train, moved, penalty)).toBeGreaterThan(least);
      }
    }
  });

  it('has the analytic solution where there is one feature', async () => {
    const one = madeUpMarket({ seed: 3, sessions: 20, features: ['gap'], signal: { gap: 1 } });
    const x = rankRows(one).map(([rank]) => rank);
    const [mx, my] = [mean(x), mean(one.y!)];
    const [sxx, sxy] = [mean(x.map((rank) => (rank - mx) ** 2)), mean(x.map((rank, at) => (rank - mx) * (one.y![at] - my)))];
    const { coefficients, intercept } = await saved(await fit({ penalty: 2 }, { train: one }));
    expect(coefficients[0]).toBeCloseTo(sxy / (sxx + 2 / 12), 12);
    expect(intercept).toBeCloseTo(my - coefficients[0] * mx, 12);
  });

  it('recovers what was planted', async () => {
    const { coefficients } = await saved(await fit({ penalty: 0 }, { train: madeUpMarket({ seed: 4, sessions: 400 }) }));
    // 16000 samples, rank deviation 0.289: each coefficient has a standard error of 1 / (0.289 √16000) = 0.027
    [1, -1, -1, 0.7, 0, 0].forEach((expected, feature) => expect(Math.abs(coefficients[feature] - expected)).toBeLessThan(4 * 0.027));
  });

  it('chooses the penalty that ranks the validation sessions best', async () => {
    const { facts } = await fit();
    const tried = facts['tried'] as readonly { penalty: number; validationRankIc: number }[];
    expect(tried.map(({ penalty }) => penalty)).toEqual([0.001, 0.01, 0.1, 1, 10]);
    for (const { penalty, validationRankIc } of tried) {
      const scores = await (await fit({ penalty })).predict(data.validation);
      expect(mean(sessionRankIcs(data.validation, scores))).toBeCloseTo(validationRankIc, 12);
    }
    const best = Math.max(...tried.map(({ validationRankIc }) => validationRankIc));
    expect(facts['penalty']).toBe(tried.filter(({ validationRankIc }) => validationRankIc === best).at(-1)!.penalty);
  });

  it('takes the largest penalty where none ranks better', async () => {
    const flat = { ...data.validation, y: new Float64Array(data.validation.length) };
    const { events, result: model } = await collect(ridge().fit({ ...data, validation: flat }, context));
    expect(model.facts['penalty']).toBe(10);
    expect(events.every((event) => event.kind === 'round' && Object.keys(event.validation).length === 0)).toBe(true);
  });

  it('bears features that follow from others with a penalty, and says so without', async () => {
    const twice = withFeatures(data.train, (value, feature, sample) => (feature === 5 ? data.train.x[sample] : value));
    const { coefficients } = await saved(await fit({ penalty: 0.01 }, { train: twice }));
    expect(coefficients[0]).toBeCloseTo(coefficients[5], 8);
    await expect(fit({ penalty: 0 }, { train: twice })).rejects.toThrow('a larger penalty bears them');
    await expect(fit({ penalty: 0 }, { train: twice })).rejects.toThrow(DataError);
  });

  it('has no opinion on a name of which nothing is known, and one on a name of which little is', async () => {
    const model = await fit({ penalty: 1 });
    const test = withFeatures(data.validation, (value, feature, sample) => (sample === 3 || (sample === 4 && feature > 0) ? Number.NaN : value));
    const scores = await model.predict(test);
    expect([...scores.keys()].filter((at) => Number.isNaN(scores[at]))).toEqual([3]);
  });

  it.each([
    [{ penalty: -1 }, 'expected a penalty of at least 0, found -1'],
    [{ penalty: Number.NaN }, 'expected a penalty of at least 0'],
    [{ penalty: '1' }, 'expected a penalty of at least 0, found "1"'],
    [{ features: [] }, 'expected a list of different features, found []'],
    [{ features: ['a', 'a'] }, 'expected a list of different features, found ["a","a"]'],
    [{ lambda: 1 }, 'expected the parameters penalty and features, found "lambda"'],
  ])('refuses %j', (options, message) => {
    expect(() => ridge(options as RidgeOptions)).toThrow(ConfigError);
    expect(() => ridge(options as RidgeOptions)).toThrow(message);
  });

  it('stops while it gathers', async () => {
    const controller = new AbortController();
    const stream = ridge().fit({ ...data, train: madeUpMarket({ sessions: 400 }) }, { ...context, signal: controller.signal });
    const answer = stream.next();
    setImmediate(() => controller.abort(new Error('enough')));
    await expect(answer).rejects.toThrow('enough');
  });
});
