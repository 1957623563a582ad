import { beforeAll, describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { DataError } from '../../src/core/errors.js';
import { result } from '../../src/core/events.js';
import { canonicalJson } from '../../src/core/hash.js';
import { ridge } from '../../src/models/baselines/ridge.js';
import type { FitContext, FittedForecaster } from '../../src/models/forecaster.js';
import { readCard } from '../../src/models/model-card.js';
import { FORECASTERS } from '../../src/models/registry.js';
import { trainModel } from '../../src/models/train-model.js';
import { TrainedModel } from '../../src/models/trained-model.js';
import { between, HORIZON, madeUpMarket } from './made-up-market.js';

const market = madeUpMarket({ seed: 41, sessions: 100 });
const context: FitContext = { seed: 9, threads: 1, environment: {} };
const test = between(market, 90, 100);
let model: TrainedModel;
let files: Readonly<Record<string, string>>;

beforeAll(async () => {
  model = await result(trainModel(ridge(), { train: between(market, 0, 50), validation: between(market, 56, 84), horizon: HORIZON, label: 'made up', usableFrom: isoDate('2017-01-03'), provenance: { data: {}, code: 'test' } }, context));
  files = (await model.save()) as Readonly<Record<string, string>>;
});

const load = (changed: Readonly<Record<string, string>>) => TrainedModel.load(changed, FORECASTERS, context);

/** The card's file with some of its values changed. */
const changedCard = (changes: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> => ({ ...files, 'card.json': JSON.stringify({ ...(JSON.parse(files['card.json']) as object), ...changes }) });

describe('files of a model', () => {
  it('are its card and those of its forecaster', () => {
    expect(Object.keys(files).sort()).toEqual(['card.json', 'ridge.json']);
    expect(readCard(files['card.json'])).toEqual(model.card);
  });

  it('load to the same model, bit for bit, whatever lies beside them', async () => {
    const again = await load({ ...files, 'README.md': 'mine' });
    expect(again.card).toEqual(model.card);
    expect(again.describe).toBe(model.describe);
    expect(await again.predict(test)).toEqual(await model.predict(test));
    expect(await again.explain(test)).toEqual(await model.explain(test));
    expect(await again.save()).toEqual(files);
  });
});

describe('files that are not as they were written', () => {
  it.each([
    ['no files', () => ({}), 'expected a file "card.json" in a saved model, found no files'],
    ['no card', () => ({ 'ridge.json': files['ridge.json'] }), 'expected a file "card.json" in a saved model, found "ridge.json"'],
    ['an empty card', () => ({ ...files, 'card.json': '' }), 'expected JSON, found "" in "card.json"'],
    ['half a card', () => ({ ...files, 'card.json': files['card.json'].slice(0, 200) }), 'expected JSON'],
    ['a list', () => ({ ...files, 'card.json': '[]' }), 'expected an object, found [] at "card.json"'],
    ['another kind of JSON', () => ({ ...files, 'card.json': '{"name":"swinglab"}' }), 'expected a model card of schema version 1, found none in "card.json"'],
    ['a later version', () => changedCard({ schemaVersion: 2 }), 'expected a model card of schema version 1, found 2'],
    ['a value of another type', () => changedCard({ horizon: '5' }), 'expected a whole number of at least 0, found "5" at "card.json: horizon"'],
    ['a date that does not exist', () => changedCard({ usableFrom: '2017-02-30' }), 'expected a date, found "2017-02-30" at "card.json: usableFrom"'],
    ['a hole in the calibration', () => changedCard({ calibration: { ...model.card.calibration, slope: null } }), 'expected a finite number, found null at "card.json: calibration: slope"'],
    ['an earlier first day of use', () => changedCard({ usableFrom: '2016-12-01' }), 'expected a model card as it was written, found another content than its hash says in "card.json"'],
    ['better figures', () => changedCard({ validation: { sessions: 28, rankIc: 0.9, icir: 9, t: 40 } }), 'expected a model card as it was written'],
    ['a file that is gone', () => ({ 'card.json': files['card.json'] }), 'expected the file "ridge.json" that the card of the model names, found none'],
    ['a file that was changed', () => ({ ...files, 'ridge.json': files['ridge.json'].replace('"penalty": ', '"penalty": 1') }), 'expected the file "ridge.json" as the card of the model knows it, found another content'],
  ])('%s: an error that says so', async (_, changed, message) => {
    const answer = load(changed());
    await expect(answer).rejects.toThrow(DataError);
    await expect(load(changed())).rejects.toThrow(message);
  });

  it('no change of a digit goes unseen', async () => {
    for (const name of Object.keys(files)) {
      const digits = [...files[name].matchAll(/\d/g)].map(({ index }) => index);
      for (const at of digits.filter((_, i) => i % 37 === 0)) {
        const text = `${files[name].slice(0, at)}${(Number(files[name][at]) + 1) % 10}${files[name].slice(at + 1)}`;
        // the last of seventeen digits need not make another number
        if (name === 'card.json' && canonicalJson(JSON.parse(text)) === canonicalJson(JSON.parse(files[name]))) continue;
        await expect(load({ ...files, [name]: text })).rejects.toThrow(DataError);
      }
    }
  });

  it('of a kind that is not known here: an error that names it', async () => {
    const answer = TrainedModel.load(files, { momentum: FORECASTERS['momentum'] }, context);
    await expect(answer).rejects.toThrow('expected a saved model of a kind that is known here, found one of "ridge"');
    await expect(answer).rejects.toThrow(DataError);
  });
});

describe('a forecaster that breaks its word', () => {
  const fake = (changes: Partial<FittedForecaster>): FittedForecaster => ({
    features: model.card.features, facts: {}, dispose: () => {}, save: () => Promise.resolve({}),
    predict: (samples) => Promise.resolve(new Float64Array(samples.length)), explain: () => Promise.reject(new Error('no')), ...changes,
  });

  it('may not have a file of the name of the card', async () => {
    await expect(new TrainedModel(fake({ save: () => Promise.resolve({ 'card.json': '{}' }) }), model.card).save()).rejects.toThrow('expected a forecaster whose files are not named "card.json"');
  });

  it('may not load to other features', async () => {
    const other = { ...ridge(), load: () => Promise.resolve(fake({ features: ['other'] })) };
    await expect(TrainedModel.load(files, { ridge: () => other }, context)).rejects.toThrow('expected the features of its card');
  });
});
