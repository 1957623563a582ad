import { describe, expect, it } from 'vitest';

import { collect } from '../../src/core/events.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import { streamFeatures, type FeatureEvent } from '../../src/features/compute/stream.js';
import type { Feature, SeriesFeature } from '../../src/features/feature.js';
import { FEATURES } from '../../src/features/registry.js';
import { makeWorld } from './world.js';

const world = makeWorld({ symbols: 7, sessions: 330, seed: 21, faults: true });
const batchesOf = (events: readonly FeatureEvent[]): Extract<FeatureEvent, { kind: 'batch' }>[] => events.filter((event) => event.kind === 'batch');
const own: SeriesFeature = { kind: 'series', name: 'own', family: 'trend', describe: 'made here', formula: 'C / C', unit: 'ratio', source: 'this test', lookback: 0, inputs: ['bars'], compute: ({ close }) => close.map((value) => value / value) };

async function joined(features: readonly Feature[], options: { last?: number; batchSymbols?: number } = {}): Promise<Record<string, number[]>> {
  const { events } = await collect(streamFeatures(world, features, { threads: 2, batchSymbols: 3, ...options }));
  const batches = batchesOf(events);
  expect(batches.flatMap(({ batch }) => batch.symbols)).toEqual(world.bars.symbols);
  return Object.fromEntries(features.map(({ name }) => [name, batches.flatMap(({ batch }) => Array.from(batch.columns[name]))]));
}

describe('features by worker threads', () => {
  it.each([{}, { last: 1 }, { last: 40 }])('are those of one thread, bit for bit, with %j', async (options) => {
    const whole = computeFeatures(world, FEATURES, { ...options, known: FEATURES });
    const values = await joined(FEATURES, options);
    for (const { name } of FEATURES) expect(values[name], name).toEqual(Array.from(whole.column(name)));
  });

  it('include features that no worker knows', async () => {
    expect((await joined([own]))['own']).toEqual(Array.from(computeFeatures(world, [own]).column('own')));
  });

  it('tell how far they are', async () => {
    const { events } = await collect(streamFeatures(world, [own], { threads: 1, batchSymbols: 4 }));
    expect(batchesOf(events).map(({ done, total }) => [done, total])).toEqual([[4, 7], [7, 7]]);
  });

  it('stop when the signal says so', async () => {
    const controller = new AbortController();
    const stream = streamFeatures(world, FEATURES, { threads: 1, batchSymbols: 1, signal: controller.signal });
    await expect((async () => {
      for await (const event of stream) if (event.kind === 'batch') controller.abort(new Error('enough'));
    })()).rejects.toThrow('enough');
  });

  it('an error of a feature arrives with its name', async () => {
    const odd: SeriesFeature = { ...own, name: 'odd', compute: () => new Float64Array(3) };
    await expect(collect(streamFeatures(world, [odd], { threads: 1 }))).rejects.toThrow('in feature "odd"');
  });
});
