import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DataError } from '../../../src/core/errors.js';
import { Background } from '../../../src/dataset/background.js';
import type { Samples } from '../../../src/dataset/samples.js';
import type { ModelFiles } from '../../../src/models/forecaster.js';
import { FittedFoundation } from '../../../src/models/foundation/fitted-foundation.js';
import { madeUpMarket, pick, withFeatures } from '../made-up-market.js';
import { CONTEXT, cutAt, fitted, samplesBetween, scoresByStock, sessionWorld, TEST, withOtherFuture, worldOf } from './session-world.js';
import { foundation } from '../../../src/models/foundation/forecaster.js';

const world = sessionWorld();
const { sessions } = world.market.bars;
const test = samplesBetween(world, TEST, false);

let model: FittedFoundation;
let scores: Float64Array;
beforeAll(async () => {
  model = await fitted({ members: 2, epochs: 1 });
  scores = await model.predict(test);
});
afterAll(() => model.dispose());

const scored = async (samples: Samples): Promise<Map<string, number>> => scoresByStock(samples, await model.predict(samples));
/** Samples of the test sessions up to position `t`. */
const upTo = ([first]: readonly [number, number], t: number): readonly [number, number] => [first, t + 1];

describe('scores of a session', () => {
  it('are of all that count, and tell them apart', () => {
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(new Set(scores).size).toBeGreaterThan(0.99 * scores.length);
  });

  it('are the same bit for bit when all bars, features and memberships after it are others, or are not there yet', async () => {
    const t = TEST[0] + 3;
    const known = await scored(samplesBetween(world, upTo(TEST, t), false));
    for (const [key, score] of known) expect(scoresByStock(test, scores).get(key)).toBe(score);
    for (const market of [withOtherFuture(world.market, t + 1, 9), cutAt(world.market, t + 1)]) expect(await scored(samplesBetween(worldOf(market), upTo(TEST, t), false))).toEqual(known);
    expect(await scored(samplesBetween(worldOf(withOtherFuture(world.market, t, 9)), upTo(TEST, t), false))).not.toEqual(known); // so that the test can fail
  });

  it('do not hang on who has a label, nor on whom they are asked of', async () => {
    const known = scoresByStock(test, scores);
    const labelled = samplesBetween(world, TEST);
    const some = await scored(labelled);
    for (const [key, score] of some) expect(known.get(key)).toBe(score);
    // without the open that ends them, a third of the labels is gone
    const { bars } = world.market;
    const holed = worldOf({ ...world.market, bars: bars.with({ open: bars.column('open').map((value, at) => (at % 3 === 0 && at % sessions.length >= TEST[1] ? Number.NaN : value)) }) });
    const fewer = samplesBetween(holed, TEST);
    expect(fewer.length).toBeLessThan(labelled.length);
    for (const [key, score] of await scored(fewer)) expect(known.get(key)).toBe(score);
  });

  it('hang on the others of the session', async () => {
    const row = test.symbolRows[0];
    const member = world.market.member.map((value, at) => (Math.floor(at / sessions.length) === row && at % sessions.length >= TEST[0] ? 0 : value));
    const without = await scored(samplesBetween(worldOf({ ...world.market, member }), TEST, false));
    const known = scoresByStock(test, scores);
    expect([...without.keys()].some((key) => key.endsWith(` ${row}`))).toBe(false);
    expect([...without].filter(([key, score]) => known.get(key) !== score).length).toBeGreaterThan(0.5 * without.size);
  });

  it('are NaN of a stock that is no member, or of which nothing is known that day', async () => {
    const { features, labels, market } = world;
    const [row, t] = [test.symbolRows[2], TEST[0]];
    const at = row * sessions.length + t;
    const asked = samplesBetween(world, [t, t + 1], false);
    const sample = asked.symbolRows.indexOf(row);
    const unknown = features.with(Object.fromEntries(features.columnNames.map((name) => [name, features.column(name).map((value, i) => (i === at ? Number.NaN : value))])));
    const nothing = await model.predict({ ...asked, background: new Background({ panel: () => unknown, counts: labels.counts, labels: null, market }) });
    expect(nothing[sample]).toBeNaN();
    expect(nothing.filter(Number.isNaN)).toHaveLength(1);
    const outside = await model.predict({ ...asked, background: new Background({ panel: () => features, counts: labels.counts.map((value, i) => (i === at ? 0 : value)), labels: null, market }) });
    expect(outside[sample]).toBeNaN();
    expect(outside.filter(Number.isNaN)).toHaveLength(1);
  });

  it('come from sectors by name: those that are new are all one', async () => {
    const asked = samplesBetween(world, [TEST[0], TEST[0] + 2], false);
    const renamed = (rename: (sector: string) => string): Samples => samplesBetween(worldOf({ ...world.market, sectors: new Map([...world.market.sectors].map(([symbol, sector]) => [symbol, rename(sector)])) }), [TEST[0], TEST[0] + 2], false);
    expect(await model.predict(renamed((sector) => `new ${sector}`))).toEqual(await model.predict(renamed((sector) => `other ${sector}`)));
    expect(await model.predict(renamed((sector) => `new ${sector}`))).not.toEqual(await model.predict(asked));
  });

  it('are the medians of the forecast, whose quantiles rise', async () => {
    const { quantiles, volatility, levels, horizons, embedding, width } = await model.forecast(test);
    expect([horizons, levels, width]).toEqual([[3, 5], [0.05, 0.1, 0.5, 0.9, 0.95], 4]);
    expect(quantiles).toHaveLength(test.length * 10);
    for (let at = 0; at < quantiles.length; at++) if (at % 5 > 0) expect(quantiles[at]).toBeGreaterThanOrEqual(quantiles[at - 1]);
    expect(Array.from(scores)).toEqual(Array.from(scores, (_, sample) => quantiles[sample * 10 + 5 + 2]));
    expect(volatility).toHaveLength(test.length * 2);
    expect(volatility.every((value) => value > 0)).toBe(true);
    expect(embedding).toHaveLength(test.length * 4);
  });

  it('are the same for names that cannot be told apart, however many there are', async () => {
    const market = madeUpMarket({ symbols: 45, sessions: 30 });
    const flat = withFeatures(market, () => 0.25);
    const small = await fitted({ features: [...market.features], past: 1, width: 6, epochs: 1, stride: 10 }, { train: withFeatures(market, (value) => value), validation: pick(market, []), horizon: 5 });
    for (const names of [1, 2, 3, 5, 7, 9, 13, 21, 31, 45]) {
      const found = await small.predict(pick(flat, Array.from({ length: names }, (_, at) => at)));
      expect(new Set(found).size, `${names} names`).toBe(1);
    }
    small.dispose();
  });
});

describe('what a model is not asked', () => {
  it('is of samples without the past that it has learnt from', async () => {
    const { background, ...bare } = test;
    expect(background).toBeDefined();
    await expect(model.predict(bare)).rejects.toThrow(DataError);
    await expect(model.predict(bare)).rejects.toMatchObject({ code: 'NO_BACKGROUND' });
    await expect(model.explain(bare)).rejects.toMatchObject({ code: 'NO_BACKGROUND' });
  });

  it('is anything after it was disposed of', async () => {
    const gone = await fitted({ epochs: 1 });
    gone.dispose();
    gone.dispose();
    await expect(gone.predict(test)).rejects.toThrow('disposed of');
    await expect(gone.save()).rejects.toThrow('disposed of');
  });
});

describe('a saved model', () => {
  let files: ModelFiles;
  beforeAll(async () => void (files = await model.save()));
  const json = (): Record<string, unknown> => JSON.parse(files['foundation.json'] as string) as Record<string, unknown>;
  const withJson = (change: Record<string, unknown>): ModelFiles => ({ ...files, 'foundation.json': JSON.stringify({ ...json(), ...change }) });
  const weights = (): Uint8Array => files['foundation-1.safetensors'] as Uint8Array;

  it('comes back as it was: scores, parts, facts and files', async () => {
    const again = (await foundation().load(files, CONTEXT)) as FittedFoundation;
    expect(await again.predict(test)).toEqual(scores);
    const one = samplesBetween(world, [TEST[0], TEST[0] + 1], false);
    expect(await again.explain(one)).toEqual(await model.explain(one));
    expect(await again.insight(one)).toEqual(await model.insight(one));
    expect([again.features, again.facts, again.past, again.shape]).toEqual([model.features, model.facts, 3, model.shape]);
    expect(await again.save()).toEqual(files);
    again.dispose();
  });

  it('is refused where weights are missing, cut, of another size, or no numbers', async () => {
    const { 'foundation-1.safetensors': _, ...without } = files;
    for (const [damaged, why] of [
      [without, 'foundation-1.safetensors'],
      [{ ...files, 'foundation-1.safetensors': weights().slice(0, -4) }, 'foundation-1.safetensors'],
      [{ ...files, 'foundation-1.safetensors': 'text' }, 'expected bytes'],
      [{ ...files, 'foundation.json': new TextEncoder().encode('{}') }, 'expected text'],
      [withJson({ members: 3 }), 'foundation-2.safetensors'],
      [withJson({ features: ['return-1'] }), 'foundation-0.safetensors'],
      [withJson({ sectorNames: ['Energy'] }), 'foundation-0.safetensors'],
      [withJson({ settings: { ...(json()['settings'] as object), width: 8 } }), 'foundation-0.safetensors'],
    ] as const) {
      await expect(FittedFoundation.load(damaged), why).rejects.toThrow(DataError);
      await expect(FittedFoundation.load(damaged), why).rejects.toThrow(why);
    }
  });

  it.each([
    ['schemaVersion', 2], ['forecaster', 'ridge'], ['features', []], ['features', 'return-1'], ['horizons', []], ['horizons', [5.5]], ['horizons', [3, 900]], ['horizons', [3, 5, 900]], ['horizon', 4], ['horizon', null], ['sectorNames', [1]],
    ['readsBackground', 1], ['members', 0], ['members', -1], ['facts', []], ['settings', {}], ['settings', { width: 5 }], ['settings', null],
  ])('is refused with %s of %j', async (key, value) => {
    await expect(FittedFoundation.load(withJson({ [key]: value }))).rejects.toThrow(DataError);
  });

  it('is refused, or has the same shape, whichever byte of its weights is another', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(weights().length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = weights().slice();
      changed[at] ^= by;
      const loaded = await FittedFoundation.load({ ...files, 'foundation-1.safetensors': changed }).catch((error: unknown) => error);
      if (loaded instanceof FittedFoundation) {
        expect(loaded.shape).toEqual(model.shape);
        loaded.dispose();
      } else expect(loaded).toBeInstanceOf(DataError);
    }), { numRuns: 40 });
  });
});
