import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { isoDate, type IsoDate } from '../../../src/core/dates.js';
import { ConfigError, DataError } from '../../../src/core/errors.js';
import { chooseModel, disposeLoaded, isNetwork, loadModel, pastNeed, withModelFeatures, type ChosenModel } from '../../../src/lab/models/evening-model.js';
import { storedModels, writeModel, type StoredModel } from '../../../src/lab/models/model-folder.js';
import { ridge } from '../../../src/models/baselines/ridge.js';
import { forecastConfig, type ForecastConfig } from '../../../src/models/config.js';
import { foundation } from '../../../src/models/foundation/forecaster.js';
import type { TrainedModel } from '../../../src/models/trained-model.js';
import { READ, SMALL } from '../../models/foundation/session-world.js';
import { temporaryFolder } from '../../pipeline/small-market.js';
import { eveningAt, LAST, researchSamples, trained } from '../../recommendation/network-evening.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let [network, ranker]: TrainedModel[] = [];
beforeAll(async () => {
  place = await temporaryFolder();
  network = await trained(foundation({ ...SMALL, epochs: 1 }));
  ranker = await trained(ridge({ features: [...READ] }));
});
afterAll(async () => {
  network.dispose();
  ranker.dispose();
  await place.remove();
});

const TODAY = isoDate('2015-03-02');
const MAX_AGE = 252;

interface Listed {
  readonly usableFrom?: string;
  readonly trainedThrough?: string;
  readonly origin?: StoredModel['origin'];
}

/** A model in a list, with the dates that choosing goes by. */
const listed = (name: string, model: TrainedModel, { usableFrom = '2015-01-12', trainedThrough = '2015-01-02', origin = 'trained' }: Listed = {}): StoredModel => ({ name, folder: '/nowhere', origin, card: { ...model.card, usableFrom: isoDate(usableFrom), trainedThrough: isoDate(trainedThrough) } });
const net = (name: string, dates: Listed = {}): StoredModel => listed(name, network, dates);
const rank = (name: string, dates: Listed = {}): StoredModel => listed(name, ranker, dates);

const choose = (models: readonly StoredModel[], settings: Partial<ForecastConfig> = {}, asOf: IsoDate = TODAY): Promise<ChosenModel> =>
  chooseModel({ asOf, settings: { ...forecastConfig.parse({}), maxAge: MAX_AGE, ...settings }, folder: join(place.folder, 'none'), models: { models, unreadable: [] } });
const names = ({ stored, network: beside, method }: ChosenModel): readonly (string | null)[] => [stored?.name ?? method, beside?.name ?? null];

describe('a network beside the model of an evening', () => {
  it('is taken by auto, the newest that is usable, the own before released ones', async () => {
    expect(names(await choose([rank('r'), net('n')]))).toEqual(['r', 'n']);
    expect(names(await choose([net('a'), net('b', { usableFrom: '2015-02-02' }), rank('r'), net('c', { usableFrom: '2015-02-20', origin: 'released' })]))).toEqual(['r', 'b']);
    expect(names(await choose([rank('r')]))).toEqual(['r', null]);
  });

  it('is never one that is usable only later, nor one that has grown old', async () => {
    const later = net('later', { usableFrom: '2015-03-03' });
    expect(names(await choose([rank('r'), later]))).toEqual(['r', null]);
    expect(names(await choose([rank('r'), later], {}, isoDate('2015-03-03')))).toEqual(['r', 'later']);
    expect(names(await choose([rank('r'), net('old', { trainedThrough: '2013-06-03', usableFrom: '2013-06-12' })]))).toEqual(['r', null]);
    await expect(choose([rank('r'), later], { network: 'later' })).rejects.toMatchObject({ code: 'LOOK_AHEAD' });
  });

  it('stands alone where there is no other model, and never beside itself', async () => {
    expect(names(await choose([net('n'), net('m', { usableFrom: '2015-02-02' })]))).toEqual(['m', null]);
    expect(names(await choose([net('n'), rank('later', { usableFrom: '2016-01-04' })]))).toEqual(['n', null]);
    expect(names(await choose([net('n'), rank('r')], { model: 'n' }))).toEqual(['n', null]);
  });

  it('is none where none is wanted, or where the model was named', async () => {
    expect(names(await choose([rank('r'), net('n')], { network: 'none' }))).toEqual(['r', null]);
    expect(names(await choose([rank('r'), net('n')], { model: 'r' }))).toEqual(['r', null]);
    expect(names(await choose([rank('r'), net('n')], { model: 'reversal' }))).toEqual(['reversal', null]);
  });

  it('is the one that is named, beside any model', async () => {
    expect(names(await choose([rank('r'), net('n'), net('m', { usableFrom: '2015-02-02' })], { network: 'n' }))).toEqual(['r', 'n']);
    expect(names(await choose([rank('r'), net('n')], { model: 'r', network: 'n' }))).toEqual(['r', 'n']);
    expect(names(await choose([rank('r'), net('n')], { model: 'momentum', network: 'n' }))).toEqual(['momentum', 'n']);
  });

  it('is no model of another kind, nor one that is not there', async () => {
    await expect(choose([rank('r'), net('n')], { network: 'r' })).rejects.toThrow(ConfigError);
    await expect(choose([rank('r'), net('n')], { network: 'r' })).rejects.toMatchObject({ code: 'NOT_A_NETWORK' });
    await expect(choose([rank('r'), net('network-a')], { network: 'network-b' })).rejects.toThrow('did you mean "network-a"?');
    expect([isNetwork(net('n')), isNetwork(rank('r'))]).toEqual([true, false]);
  });

  it('makes another identity', async () => {
    const [with1, with2, without] = [await choose([rank('r'), net('n')]), await choose([rank('r'), net('n', { trainedThrough: '2015-01-05' })]), await choose([rank('r')])];
    expect(new Set([with1.identity, with2.identity, without.identity]).size).toBe(3);
    expect((await choose([rank('r'), net('n')])).identity).toBe(with1.identity);
  });

  it('asks for its features, and for as much of the past as it reads', async () => {
    const chosen = await choose([rank('r'), net('n')]);
    expect(pastNeed(chosen)).toMatchObject({ past: SMALL.past });
    expect(pastNeed(chosen)!.features.map(({ name }) => name).sort()).toEqual([...READ].sort());
    expect(withModelFeatures([], chosen).map(({ name }) => name)).toEqual(expect.arrayContaining([...READ]));
    expect(pastNeed(await choose([rank('r')]))).toBeNull();
  });
});

describe('a network in the folder of a project', () => {
  const asOf = eveningAt(LAST, 1).market.asOf;
  const inFolder = async (folder: string): Promise<ChosenModel> => {
    const { models } = await storedModels(folder);
    const own = models.filter(({ origin }) => origin === 'trained'); // whatever is released besides
    return chooseModel({ asOf, settings: { ...forecastConfig.parse({}), maxAge: MAX_AGE }, folder, models: { models: own, unreadable: [] } });
  };
  const load = (chosen: ChosenModel): ReturnType<typeof loadModel> => loadModel(chosen, null, { settings: forecastConfig.parse({}), seed: 1, horizon: 5, environment: {} });

  it('is chosen and read back with the model beside it: both say what they said', async () => {
    const folder = join(place.folder, 'models');
    await writeModel(join(folder, 'net'), network);
    await writeModel(join(folder, 'ranks'), ranker);
    const chosen = await inFolder(folder);
    expect(names(chosen)).toEqual(['ranks', 'net']);
    const loaded = await load(chosen);
    expect(loaded.model).toMatchObject({ name: 'ranks', origin: 'trained', title: expect.stringMatching(/^ridge regression, learnt through 2014-/) });
    expect(loaded.network).toMatchObject({ name: 'net', title: expect.stringMatching(/^the foundation network, learnt through 2014-/) });
    const samples = researchSamples([LAST - 5, LAST], false);
    expect(await loaded.network!.trained.predict(samples)).toEqual(await network.predict(samples));
    expect(await loaded.model!.trained.predict(samples)).toEqual(await ranker.predict(samples));
    disposeLoaded(loaded);
    await expect(loaded.network!.trained.predict(samples)).rejects.toThrow('disposed of');
  });

  it('is refused where its weights are not those that the card knows', async () => {
    const folder = join(place.folder, 'damaged');
    await writeModel(join(folder, 'net'), network);
    const weights = join(folder, 'net', 'foundation-0.safetensors');
    const bytes = await readFile(weights);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(weights, bytes);
    const chosen = await inFolder(folder);
    expect(names(chosen)).toEqual(['net', null]);
    await expect(load(chosen)).rejects.toThrow(DataError);
    await expect(load(chosen)).rejects.toMatchObject({ code: 'DAMAGED_MODEL' });
    const beside = join(place.folder, 'beside');
    await cp(folder, beside, { recursive: true });
    await writeModel(join(beside, 'ranks'), ranker);
    await expect(load(await inFolder(beside))).rejects.toMatchObject({ code: 'DAMAGED_MODEL' });
  });
});
