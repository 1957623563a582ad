import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Background } from '../../../src/dataset/background.js';
import { graphConfig } from '../../../src/graph/config.js';
import { SampleSessions } from '../../../src/models/foundation/sample-sessions.js';
import { BackgroundReader, UNIT, type SessionInput } from '../../../src/models/foundation/session-reader.js';
import { madeUpMarket, pick, withFeatures } from '../made-up-market.js';
import { cutAt, samplesBetween, SMALL, sessionWorld, withOtherFuture, worldOf, type SessionWorld } from './session-world.js';

const world = sessionWorld();
const { sessions, symbols } = world.market.bars;
const sectorNames = [...new Set(world.market.sectors.values())].sort();
const settings = { past: 4, graph: graphConfig.parse(SMALL.graph), sectorNames };
const readerOf = (one: SessionWorld, changes: Partial<typeof settings> = {}): BackgroundReader => new BackgroundReader(samplesBetween(one, [40, 41], false).background!, { ...settings, ...changes });
const reader = readerOf(world);
const read = (t: number, from = reader): SessionInput => from.read(sessions[t])!;

describe('a session out of the background', () => {
  it('has all that count, with or without a label, and nobody else', () => {
    const counts = world.labels.counts;
    const label = world.labels.panel.column('label');
    let [unlabelled, outside] = [0, 0];
    for (let t = 30; t < sessions.length; t++) {
      const counting = [...symbols.keys()].filter((row) => counts[row * sessions.length + t] === 1);
      expect([...read(t).rows]).toEqual(counting);
      unlabelled += counting.filter((row) => Number.isNaN(label[row * sessions.length + t])).length;
      outside += symbols.length - counting.length;
    }
    expect(unlabelled).toBeGreaterThan(50);
    expect(outside).toBeGreaterThan(50);
  });

  it('gives the past of each in units of a deviation, the oldest first, 0 where it is missing, and last how much is known', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: sessions.length - 1 }), (t) => {
      const input = read(t);
      const size = input.rows.length * settings.past;
      expect([input.inputs, input.past.length]).toEqual([3, 3 * size]);
      for (const [node, row] of input.rows.entries()) {
        for (let back = 0; back < settings.past; back++) {
          const values = world.features.columnNames.map((name) => (t - back < 0 ? Number.NaN : world.features.column(name)[row * sessions.length + t - back]));
          const at = (node + 1) * settings.past - 1 - back;
          values.forEach((value, feature) => expect(input.past[feature * size + at]).toBe(Number.isNaN(value) ? 0 : Math.fround(value * UNIT)));
          expect(input.past[2 * size + at]).toBe(values.filter((value) => !Number.isNaN(value)).length / 2);
        }
      }
    }), { numRuns: 30 });
  });

  it('is the same when all bars, features and memberships after it are others, or are not there yet', () => {
    for (const t of [45, 100, 150]) {
      const now = read(t);
      const others = [withOtherFuture(world.market, t + 1, 7), cutAt(world.market, t + 1)].map((market) => readerOf(worldOf(market)));
      for (const other of others) expect(read(t, other)).toEqual(now);
      expect(now.graph.source.length).toBeGreaterThan(20);
    }
    expect(read(100, readerOf(worldOf(withOtherFuture(world.market, 100, 7))))).not.toEqual(read(100)); // so that the test can fail
  });

  it('joins stocks of the session alone, and nobody before there is a window for the graph', () => {
    for (const t of [25, 60, 140]) {
      const { rows, graph } = read(t);
      expect(graph.nodes).toBe(rows.length);
      expect([...graph.source, ...graph.target].every((node) => node >= 0 && node < rows.length)).toBe(true);
    }
    expect(read(settings.graph.window - 2).graph.source).toHaveLength(0);
    expect(read(60, readerOf(world, { graph: null as never })).graph.source).toHaveLength(0);
  });

  it('puts sectors that were unknown at training into the last class', () => {
    const known = sectorNames.slice(1);
    const { rows, sectors } = read(90, readerOf(world, { sectorNames: known }));
    for (const [node, row] of rows.entries()) {
      const own = known.indexOf(world.market.sectors.get(symbols[row])!);
      expect(sectors[node]).toBe(own < 0 ? known.length : own);
    }
    expect(new Set(sectors)).toContain(known.length);
  });

  it('is none on a day that is no session, or on which nobody counts', () => {
    expect(reader.read(sessions[60] + 0.5)).toBeNull();
    expect(reader.read(sessions[0] - 1)).toBeNull();
    const { labels, features, market } = world;
    const nobody = new BackgroundReader(new Background({ panel: () => features, counts: new Uint8Array(labels.counts.length), labels: null, market }), settings);
    expect(nobody.read(sessions[60])).toBeNull();
  });
});

describe('a session out of samples without a background', () => {
  const market = madeUpMarket({ symbols: 7, sessions: 4, missing: 0.2 });
  const sizes = { past: 3, horizons: 2, main: 1 };

  it('has the sample alone as its past, in the order of the symbols', () => {
    const order = [3, 1, 6, 0, 2, 5, 4];
    const shuffled = pick(market, [0, 1, 2, 3].flatMap((t) => order.map((name) => t * 7 + name)));
    const [one, other] = [new SampleSessions(market, sizes), new SampleSessions(shuffled, sizes)];
    for (const day of market.sessions) {
      const input = one.read(day)!;
      expect(other.read(day)).toEqual(input);
      expect(other.targets({ day })).toEqual(one.targets({ day }));
      expect([...input.rows]).toEqual([0, 1, 2, 3, 4, 5, 6]);
      const t = market.sessions.indexOf(day);
      for (let node = 0; node < 7; node++) {
        for (let feature = 0; feature < market.features.length; feature++) {
          const value = market.x[feature * market.length + t * 7 + node];
          expect(Array.from(input.past.subarray(feature * 21 + node * 3, feature * 21 + node * 3 + 3))).toEqual([0, 0, Number.isNaN(value) ? 0 : Math.fround(value * UNIT)]);
        }
      }
    }
    expect(one.read(market.sessions[0] - 1)).toBeNull();
  });

  it('knows the label over its own horizon alone', () => {
    const { scaled, ranks } = new SampleSessions(withFeatures(market, () => 0), sizes).targets({ day: market.sessions[2] });
    for (let node = 0; node < 7; node++) {
      expect(scaled[2 * node]).toBeNaN();
      expect(scaled[2 * node + 1]).toBe(Math.fround(market.y![14 + node] / market.scale[14 + node]));
    }
    expect([...ranks].sort((a, b) => a - b).map((rank) => Number(rank.toFixed(6)))).toEqual([-3, -2, -1, 0, 1, 2, 3].map((step) => Number((step / 6).toFixed(6))));
    expect(() => new SampleSessions({ ...market, y: null }, sizes).targets({ day: market.sessions[2] })).toThrow('expected labels');
  });
});
