import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { graphConfig } from '../../../src/graph/config.js';
import { foundationBatches } from '../../../src/models/foundation/foundation-batches.js';
import { BackgroundReader } from '../../../src/models/foundation/session-reader.js';
import { LabelTargets } from '../../../src/models/foundation/session-targets.js';
import { disposeSession, type SessionTensors } from '../../../src/models/foundation/session-tensors.js';
import { openBackend } from '../../../src/tensor/backend.js';
import { tf } from '../../../src/tensor/tensorflow.js';
import type { TrainingBatches } from '../../../src/training/task.js';
import { samplesBetween, sessionWorld, SMALL } from './session-world.js';

beforeAll(async () => {
  await openBackend('wasm');
});

const world = sessionWorld();
const { background } = samplesBetween(world, [40, 41]);
const reader = new BackgroundReader(background!, { past: 3, graph: graphConfig.parse(SMALL.graph), sectorNames: [] });
const days = (count: number): number[] => Array.from(world.market.bars.sessions.subarray(30, 30 + count));

/** Batches over days, and the days that they asked for. */
function made(count: number, stride: number, seed = 1): { batches: TrainingBatches<SessionTensors>; asked: number[] } {
  const asked: number[] = [];
  const train = { days: days(count), targets: new LabelTargets(world.labels, [3, 5], days(count)) };
  const watching = { read: (day: number) => (asked.push(day), reader.read(day)) };
  return { batches: foundationBatches({ reader: watching, train, validation: train, stride, rng: createRng(seed) }), asked };
}

/** The days of an epoch, in order. */
function daysOf({ batches, asked }: ReturnType<typeof made>, epoch: number, from = 0): number[] {
  asked.length = 0;
  for (const batch of batches.train(epoch, from)) disposeSession(batch);
  return [...asked];
}

describe('batches of sessions', () => {
  it('are of every so many sessions, the same for the same epoch, and go on from where they were left', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 30 }), fc.nat(45), (count, stride, epoch, from) => {
      const one = made(count, stride);
      const seen = daysOf(one, epoch);
      expect(seen).toHaveLength(one.batches.count);
      expect(daysOf(made(count, stride), epoch)).toEqual(seen);
      expect(daysOf(one, epoch, from)).toEqual(seen.slice(from));
      const places = seen.map((day) => days(count).indexOf(day)).sort((a, b) => a - b);
      for (let i = 1; i < places.length; i++) expect(places[i] - places[i - 1]).toBe(Math.min(stride, count));
    }), { numRuns: 40 });
  });

  it('are others in every epoch, and all sessions in as many epochs as the stride is long', () => {
    const one = made(40, 5);
    const epochs = [0, 1, 2, 3, 4].map((epoch) => daysOf(one, epoch));
    expect(new Set(epochs.flat()).size).toBe(40);
    expect(daysOf(one, 5)).not.toEqual(epochs[0]); // the same sessions in another order
    expect(new Set(daysOf(one, 5))).toEqual(new Set(epochs[0]));
    expect(daysOf(made(40, 5, 2), 0)).not.toEqual(epochs[0]);
  });

  it('to judge by are always the same', () => {
    const { batches, asked } = made(13, 4);
    const judged = (): number[] => {
      asked.length = 0;
      for (const batch of batches.validation!()) disposeSession(batch);
      return [...asked];
    };
    expect(judged()).toEqual([0, 4, 8, 12].map((i) => days(13)[i]));
    expect(judged()).toEqual([0, 4, 8, 12].map((i) => days(13)[i]));
  });

  it('hold one session at a time, however many there are', () => {
    const { batches, asked } = made(100, 1);
    const before = tf.memory().numTensors;
    const held = new Set<number>();
    for (const epoch of [0, 1, 2]) {
      for (const batch of batches.train(epoch, 0)) {
        held.add(tf.memory().numTensors - before);
        disposeSession(batch);
        expect(tf.memory().numTensors).toBe(before);
      }
    }
    expect(asked).toHaveLength(300);
    expect([...held]).toHaveLength(1);
  });
});
