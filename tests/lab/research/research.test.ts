import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { DataError } from '../../../src/core/errors.js';
import type { Labels } from '../../../src/dataset/labels/labels.js';
import { purgedKFold } from '../../../src/dataset/split/purged-k-fold.js';
import { combinatorialPurged } from '../../../src/dataset/split/combinatorial-purged.js';
import { walkForward } from '../../../src/dataset/split/walk-forward.js';
import type { SeriesFeature } from '../../../src/features/feature.js';
import { checkLaws } from '../../../src/features/laws/check-laws.js';
import { open, type Lab } from '../../../src/lab/open.js';
import type { CrossFitEvent } from '../../../src/lab/research/cross-fit.js';
import { ridge } from '../../../src/models/baselines/ridge.js';
import { createForecaster } from '../../../src/models/registry.js';
import type { Panel } from '../../../src/table/panel.js';
import { countTrials } from '../../../src/tracking/count-trials.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../../pipeline/small-market.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let lab: Lab;
let bars: Panel;
let X: Panel;
let y: Labels;
const splitter = walkForward({ train: 120, test: 40 });

beforeAll(async () => {
  place = await temporaryFolder();
  await writeSmallMarket(join(place.folder, 'bars'));
  await writeFile(join(place.folder, 'config.yaml'), 'data: { source: files, folder: bars, history: 300 }\n');
  lab = await open({ data: place.folder, clock: eveningOf(TODAY), seed: 11 });
  bars = await lab.panel();
  X = await lab.features(bars, ['momentum', 'volatility']);
  y = lab.labels(bars, { horizon: 5, residual: 'market', rank: true });
}, 60_000);
afterAll(() => place.remove());

const scoredSessions = ({ panel }: { readonly panel: Panel }): number[] => [...panel.sessions.keys()].filter((t) => panel.symbols.some((_, row) => !Number.isNaN(panel.column('score')[row * panel.sessions.length + t])));

describe('the loop from panel to evaluation', () => {
  it('scores only sessions of tests, and only members', async () => {
    const scores = await lab.crossFit(ridge(), X, y, splitter);
    const folds = splitter.split({ sessions: bars.sessions.length, span: y.span });
    expect(scoredSessions(scores)).toEqual(folds.flatMap(({ test }) => [...test]));
    scores.panel.column('score').forEach((score, at) => expect(Number.isNaN(score) || y.counts[at] === 1).toBe(true));
    expect(scores.folds.map(({ trainThrough, testFrom }) => trainThrough < testFrom)).toEqual(folds.map(() => true));
  });

  it('keeps what it computed: the same again is read and the same, another seed or label is computed', async () => {
    const events: CrossFitEvent[] = [];
    const onEvent = (event: CrossFitEvent): void => void events.push(event);
    const first = await lab.crossFit(ridge(), X, y, splitter);
    const again = await lab.crossFit(ridge(), X, y, splitter, { onEvent });
    expect(events).toEqual([]);
    expect(again.key).toBe(first.key);
    expect(again.panel.column('score')).toEqual(first.panel.column('score'));
    expect(again.folds).toEqual(first.folds);
    const keys = new Set([first.key]);
    keys.add((await lab.crossFit(ridge(), X, y, splitter, { seed: 12, onEvent })).key);
    keys.add((await lab.crossFit(ridge(), X, lab.labels(bars, { horizon: 3, residual: 'market', rank: true }), splitter, { onEvent })).key);
    keys.add((await lab.crossFit(ridge({ penalty: 1 }), X, y, splitter, { onEvent })).key);
    keys.add((await lab.crossFit(ridge(), X.columns(X.columnNames.slice(1)), y, splitter, { onEvent })).key);
    expect(keys.size).toBe(5);
    expect(events.filter(({ kind }) => kind === 'fold')).toHaveLength(4 * first.folds.length);
  }, 60_000);

  it('records each configuration that was evaluated once, however often it was evaluated', async () => {
    const scores = await lab.crossFit(createForecaster('momentum'), X, y, splitter);
    for (let time = 0; time < 2; time++) lab.evaluate(scores, y, { experiment: 'records' });
    lab.evaluate(scores, y, { experiment: 'records', quantiles: 3 });
    await lab.recorded();
    expect(await countTrials(lab.tracker, 'records')).toBe(2);
    const [run] = await lab.tracker.runs('records');
    expect(run.params).toMatchObject({ forecaster: 'momentum', 'splitter.name': 'walk-forward', 'splitter.train': 120, horizon: 5 });
    expect(run.metrics['rank_ic']).toBe(lab.evaluate(scores, y, { experiment: 'records' }).figures.rankIc.mean);
    await lab.recorded();
  });

  it('gives the same scores when later sessions arrive', async () => {
    const whole = await lab.crossFit(ridge(), X, y, splitter);
    const early = await lab.panel({ end: '2017-12-15' });
    const cut = await lab.crossFit(ridge(), await lab.features(early, ['momentum', 'volatility']), lab.labels(early, { horizon: 5, residual: 'market', rank: true }), splitter);
    const known = scoredSessions(cut);
    expect(known.length).toBeGreaterThan(80);
    for (const symbol of early.symbols) for (const t of known) expect(cut.panel.series('score', symbol)[t]).toBe(whole.panel.series('score', symbol)[t]);
  }, 60_000);

  it('refuses what cannot be one answer, and names what it lacks', async () => {
    await expect(lab.crossFit(ridge(), X, y, combinatorialPurged({ groups: 6, testGroups: 2 }))).rejects.toThrow('fit the paths of a combinatorial split one by one');
    await expect(lab.crossFit(createForecaster('reversal'), X.columns(['momentum-12-1']), y, splitter)).rejects.toThrow('found no return-5 among the 1 given; compute them with lab.features');
    expect(() => lab.labels(bars, { horizon: 5, residuals: 'sector' } as never)).toThrow('found "residuals"');
    expect(scoredSessions(await lab.crossFit(createForecaster('momentum'), X, y, purgedKFold({ k: 4 })))).toHaveLength(bars.sessions.length - 252);
  });
});

/** Labels drawn anew among the members of each session: whatever they were, they are now chance. */
function shuffledWithin(labels: Labels, seed: number): Labels {
  const width = labels.panel.sessions.length;
  const label = labels.panel.column('label').slice();
  const rng = createRng(seed);
  for (let t = 0; t < width; t++) {
    const places = labels.panel.symbols.flatMap((_, row) => (Number.isNaN(label[row * width + t]) ? [] : [row * width + t]));
    const values = rng.shuffle(places.map((at) => label[at]));
    places.forEach((at, i) => (label[at] = values[i]));
  }
  return { ...labels, panel: labels.panel.with({ label }), at: (horizon) => shuffledWithin(labels.at(horizon), seed) };
}

describe('what cannot be foretold', () => {
  // null: the rank IC of chance has mean 0; over ten draws its mean stays within 3.5 standard errors of them
  it('is not: labels shuffled within each session give a rank IC around nothing', async () => {
    const means: number[] = [];
    for (let seed = 1; seed <= 10; seed++) {
      const labels = shuffledWithin(y, seed);
      const scores = await lab.crossFit(ridge({ penalty: 1 }), X, labels, splitter);
      means.push(lab.evaluate(scores, labels, { experiment: 'shuffled', decay: [] }).figures.rankIc.mean!);
    }
    await lab.recorded();
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    const error = Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (means.length - 1) / means.length);
    expect(Math.abs(mean)).toBeLessThan(3.5 * error);
    expect(error).toBeLessThan(0.02);
  }, 120_000);
});

describe('a label that leaked into a feature', () => {
  it('is refused before anything is learnt, by name', async () => {
    const leaked = X.with({ leak: Float32Array.from(y.panel.column('label')) });
    const error = await lab.crossFit(ridge(), leaked, y, splitter).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).code).toBe('LEAK');
    expect((error as DataError).message).toMatch(/found "leak" \(rank IC 1\.00\)/);
    const noisy = X.with({ leak: Float32Array.from(y.panel.column('label'), (value, at) => value + 0.5 * Math.sin(7919 * at)) });
    await expect(lab.crossFit(ridge(), noisy, y, splitter)).rejects.toThrow('"leak"');
    const scores = await lab.crossFit(ridge(), leaked, y, splitter, { allowSuspicious: true });
    expect(lab.evaluate(scores, y, { experiment: 'leaks', decay: [] }).figures.rankIc.mean).toBeGreaterThan(0.5);
    await lab.recorded();
  });

  it('is caught as a feature by the law of the prefix', async () => {
    const label: SeriesFeature = { kind: 'series', name: 'planted', family: 'trend', describe: 'the label itself', formula: 'O[t+6] / O[t+1] − 1', unit: 'return', source: 'this test', lookback: 0, inputs: ['bars'], compute: ({ open: o }) => Float64Array.from(o, (_, t) => o[t + 6] / o[t + 1] - 1) };
    const inputs = await lab.featureInputs(bars, [label]);
    const breaches = checkLaws(inputs, [label], { seed: 5, places: 3, known: [] });
    expect(breaches.some(({ law, feature }) => law === 'prefix' && feature === 'planted')).toBe(true);
    const honest: SeriesFeature = { ...label, formula: 'O / O[t−5] − 1', lookback: 5, compute: ({ open: o }) => Float64Array.from(o, (value, t) => value / o[t - 5] - 1) };
    expect(checkLaws(inputs, [honest], { seed: 5, places: 3, known: [] })).toEqual([]);
  });
});
