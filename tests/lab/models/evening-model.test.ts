import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { isoDate } from '../../../src/core/dates.js';
import { ConfigError, DataError } from '../../../src/core/errors.js';
import { FEATURES } from '../../../src/features/registry.js';
import { chooseModel, disposeLoaded, isNetwork, loadModel, withModelFeatures, type ChosenModel } from '../../../src/lab/models/evening-model.js';
import { releasedModelsFolder, storedModels, type StoredModel } from '../../../src/lab/models/model-folder.js';
import { forecastConfig, type ForecastConfig } from '../../../src/models/config.js';
import { temporaryFolder } from '../../pipeline/small-market.js';
import { marketOf } from '../../recommendation/evening.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => void (place = await temporaryFolder()));
afterAll(() => place.remove());

const choose = (day: string, settings: Partial<ForecastConfig> = {}, folder = join(place.folder, 'none')): Promise<ChosenModel> => chooseModel({ asOf: isoDate(day), settings: { ...forecastConfig.parse({}), ...settings }, folder });

/** The released model that an evening stands on: the networks among them stand beside it. */
async function releasedRanker(): Promise<StoredModel> {
  const { models } = await storedModels(releasedModelsFolder());
  return models.filter((model) => !isNetwork(model)).sort((a, b) => (a.card.usableFrom < b.card.usableFrom ? 1 : -1))[0];
}

describe('the released models', () => {
  it('are whole, read features that exist, and say whom they learnt from', async () => {
    const { models } = await storedModels(releasedModelsFolder());
    expect(models.length).toBeGreaterThan(0);
    for (const { card, origin } of models) {
      expect(origin).toBe('released');
      const known = new Set(FEATURES.map(({ name }) => name));
      expect(card.features.filter((name) => !known.has(name))).toEqual([]);
      expect(card.notes.join(' ')).toContain('Survivors of February 2018');
      expect(card.usableFrom > card.trainedThrough).toBe(true);
    }
  });
});

describe('the model of an evening', () => {
  it('is the released one from its first usable session on, and never before', async () => {
    const { name, card } = await releasedRanker();
    expect((await choose(card.usableFrom)).stored?.name).toBe(name);
    const before = await choose('2017-12-14');
    expect(before.stored).toBeNull();
    expect(before.notices).toEqual(['Every trained model learnt from sessions that were not over by 2017-12-14: the evening stands on 12-1 momentum.']);
  });

  it('is not one that has grown old', async () => {
    const { stored, notices } = await choose('2018-02-07', { maxAge: 21 });
    expect(stored).toBeNull();
    expect(notices[0]).toMatch(/is \d+ sessions old, more than forecast\.maxAge of 21/);
  });

  it('is the newest of the project that was usable, before the released one', async () => {
    const folder = join(place.folder, 'models');
    const released = await releasedRanker();
    await mkdir(folder, { recursive: true });
    await cp(released.folder, join(folder, 'own'), { recursive: true });
    await cp(released.folder, join(folder, released.name), { recursive: true });
    const { models } = await storedModels(folder);
    expect(models.filter((model) => !isNetwork(model)).map(({ name, origin }) => `${origin} ${name}`)).toEqual(['trained own', `trained ${released.name}`]);
    expect((await choose('2018-02-07', {}, folder)).stored?.name).toBe('own'); // equals by name
  });

  it('may be named, but not where it would have looked ahead', async () => {
    const { name } = await releasedRanker();
    expect((await choose('2018-02-07', { model: name })).stored?.name).toBe(name);
    await expect(choose('2017-06-01', { model: name })).rejects.toThrow(ConfigError);
    await expect(choose('2017-06-01', { model: name })).rejects.toMatchObject({ code: 'LOOK_AHEAD' });
    await expect(choose('2018-02-07', { model: 'reversl' })).rejects.toThrow('did you mean "reversal"?');
    expect(await choose('2018-02-07', { model: 'reversal' })).toMatchObject({ stored: null, method: 'reversal', notices: [] });
  });

  it('is passed over and told of when its card was changed, and refused by its place where it is named', async () => {
    const folder = join(place.folder, 'damaged');
    const released = await releasedRanker();
    await cp(released.folder, join(folder, 'bad'), { recursive: true });
    const card = join(folder, 'bad', 'card.json');
    await writeFile(card, (await readFile(card, 'utf8')).replace(`"usableFrom": "${released.card.usableFrom}"`, '"usableFrom": "2014-01-02"'));
    const passed = await choose('2018-02-07', {}, folder);
    expect(passed.stored?.name).toBe(released.name);
    expect(passed.notices).toEqual([expect.stringContaining('The model bad was passed over, as its card cannot be read')]);
    await expect(choose('2018-02-07', { model: 'bad' }, folder)).rejects.toThrow(DataError);
    await expect(choose('2018-02-07', { model: 'bad' }, folder)).rejects.toThrow(card);
  });

  it.each([['auto', { name: 'foundation-sample-2017-12', origin: 'released' }, 'the network foundation-sample-2017-12 alone'], ['none', { name: 'momentum', origin: 'evening' }, '12-1 momentum']])('gives way to a network, else to momentum, where its library cannot be had, and says so: network %s', async (network, expected, words) => {
    const chosen = await choose('2018-02-07', { network });
    const settings = forecastConfig.parse({ window: 60, minSessions: 20 });
    const loaded = await loadModel(chosen, marketOf(), { settings, seed: 1, horizon: 5, environment: { LIGHTGBM_LIB: '/nowhere/lib_lightgbm.so' } });
    const { model, notices } = loaded;
    expect(model).toMatchObject(expected);
    expect(loaded.network).toBeNull();
    expect(notices[0]).toMatch(/^LightGBM is not available, so the model .* could not be used and the evening stands on .*: .*\/nowhere\/lib_lightgbm\.so/);
    expect(notices[0]).toContain(`stands on ${words}: `);
    expect(withModelFeatures([], chosen).map(({ name }) => name)).toContain('momentum-12-1');
    disposeLoaded(loaded);
  });
});
