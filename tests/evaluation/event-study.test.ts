import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { eventStudy } from '../../src/evaluation/event-study.js';
import { Panel } from '../../src/table/panel.js';

const NAN = Number.NaN;

function market(rows: Readonly<Record<string, readonly number[]>>): Panel {
  const symbols = Object.keys(rows);
  return new Panel({ symbols, sessions: Int32Array.from({ length: rows[symbols[0]].length }, (_, t) => 100 + t), columns: { return: Float64Array.from(Object.values(rows).flat()) } });
}

describe('eventStudy', () => {
  const returns = market({ A: [0.01, 0.02, 0.05, 0.01, 0], B: [0, 0, 0.01, 0.03, 0.02], C: [0, NAN, 0, 0, 0] });

  it('means abnormal returns by offset and sums them, as counted by hand', () => {
    const events = [{ symbol: 'A', session: 102 }, { symbol: 'B', session: 103 }];
    const found = eventStudy({ returns, events, before: 1, after: 1, benchmark: [0, 0.01, 0.01, 0.01, 0.01], rng: createRng(1) });
    // A: 0.02 − 0.01, 0.05 − 0.01, 0.01 − 0.01; B: 0.01 − 0.01, 0.03 − 0.01, 0.02 − 0.01
    const means = [0.005, 0.03, 0.005];
    found.offsets.forEach(({ offset, abnormal }, k) => {
      expect(offset).toBe(k - 1);
      expect(abnormal.mean).toBeCloseTo(means[k], 14);
    });
    expect(found.offsets.map(({ cumulative }) => Number(cumulative.mean!.toFixed(12)))).toEqual([0.005, 0.035, 0.04]);
    // two sessions, residuals ±0.005: variance of the mean (2 · 0.005²) · 2 / 1 / 2² = 0.005²
    expect(found.offsets[0].abnormal.t).toBeCloseTo(1, 12);
    // residuals ±0.015 one session apart with one lag: 2 · 0.015² − 2 · ½ · 0.015² = 0.015², times 2 / 1, over 2²
    expect(found.offsets[1].cumulative.t).toBeCloseTo(0.035 / Math.sqrt(0.015 ** 2 / 2), 10);
    expect([found.events, found.sessions]).toEqual([2, 2]);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('counts the events that it leaves out, by reason', () => {
    const events = [['X', 102], ['A', 99], ['A', 100], ['A', 104], ['C', 102], ['A', 102]].map(([symbol, session]) => ({ symbol: String(symbol), session: Number(session) }));
    const found = eventStudy({ returns, events, before: 1, after: 1, rng: createRng(1) });
    expect(found.leftOut).toEqual({ unknownSymbol: 1, noSession: 1, outsideSessions: 2, missingReturn: 1 });
    expect(found.events).toBe(1);
    expect(found.total).toEqual({ mean: expect.closeTo(0.08, 12) as number, t: null, interval: null });
  });

  it('is null of no events', () => {
    expect(eventStudy({ returns, events: [], before: 0, after: 0, rng: createRng(1) }).total).toEqual({ mean: null, t: null, interval: null });
  });

  it('refuses a window or a benchmark that does not fit', () => {
    expect(() => eventStudy({ returns, events: [], before: -1, after: 1, rng: createRng(1) })).toThrow('expected whole numbers of sessions before and after the event, found -1 and 1 in eventStudy');
    expect(() => eventStudy({ returns, events: [], before: 1, after: 1, benchmark: [0], rng: createRng(1) })).toThrow('expected a benchmark return for each of 5 sessions, found 1');
  });
});

/** Null: events mean nothing, but returns of a session have a common part and each session with events has many. */
function clusteredNull(seed: number): ReturnType<typeof eventStudy> {
  const rng = createRng(seed);
  const [symbols, sessions] = [12, 260];
  const common = Float64Array.from({ length: sessions }, () => 0.01 * rng.normal());
  const rows = Object.fromEntries(Array.from({ length: symbols }, (_, row) => [`S${row}`, Array.from(common, (part) => part + 0.01 * rng.normal())]));
  const events = Array.from({ length: 40 }, (_, k) => 10 + 6 * k).flatMap((t) => Array.from({ length: symbols }, (_, row) => ({ symbol: `S${row}`, session: 100 + t })));
  return eventStudy({ returns: market(rows), events, before: 2, after: 3, rng, replicates: 400 });
}

describe('t and intervals of events', () => {
  // 200 seeds: a share of 0.95 has standard deviation 0.015; with 40 sessions a normal t is a little short
  const seeds = Array.from({ length: 200 }, (_, seed) => clusteredNull(seed));

  it('hold what they promise where events share sessions', () => {
    const share = (holds: (study: (typeof seeds)[number]) => boolean): number => seeds.filter(holds).length / seeds.length;
    expect(share(({ offsets }) => Math.abs(offsets[2].abnormal.t!) < 1.96)).toBeGreaterThan(0.9);
    expect(share(({ offsets }) => Math.abs(offsets[2].abnormal.t!) < 1.96)).toBeLessThan(0.985);
    expect(share(({ total }) => total.interval![0] < 0 && total.interval![1] > 0)).toBeGreaterThan(0.89);
  });

  it('find a planted reaction at its session and not before', () => {
    const rng = createRng(3);
    const events = Array.from({ length: 60 }, (_, k) => ({ symbol: `S${k % 12}`, session: 100 + 10 + 4 * k }));
    const rows = Object.fromEntries(Array.from({ length: 12 }, (_, row) => [`S${row}`, Array.from({ length: 260 }, () => 0.01 * rng.normal())]));
    for (const { symbol, session } of events) rows[symbol][session - 100] += 0.02;
    const { offsets } = eventStudy({ returns: market(rows), events, before: 3, after: 3, rng });
    expect(offsets[3].abnormal.t).toBeGreaterThan(8);
    expect(offsets[3].abnormal.interval![0]).toBeGreaterThan(0.015);
    expect(Math.abs(offsets[2].cumulative.t!)).toBeLessThan(3);
  });
});
