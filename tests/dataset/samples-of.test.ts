import { describe, expect, it } from 'vitest';

import { forwardLabels } from '../../src/dataset/labels/forward-labels.js';
import { samplesOf } from '../../src/dataset/samples-of.js';
import { Panel } from '../../src/table/panel.js';
import { cellFeatures, world } from './world.js';

const SESSIONS = 90;
const market = world({ seed: 3, symbols: 9, sessions: SESSIONS, gaps: 0.05, noOpen: 0.05, suspects: 0.05, outsiders: 0.3 });
// a session on which nobody counts
for (let row = 0; row < 9; row++) market.member[row * SESSIONS + 70] = 0;
const labels = forwardLabels(market, { horizon: 4, residual: 'market' });
const features = cellFeatures(market, 3);
const positions = Int32Array.of(65, 66, 70, 71, 80, 86, 89);

describe.each([true, false])('samples, labelled %s', (labelled) => {
  const samples = samplesOf({ features, labels }, positions, { labelled });
  const label = labels.panel.column('label');
  const expected = [...positions].flatMap((t) => Array.from({ length: 9 }, (_, row) => ({ row, t, at: row * SESSIONS + t }))).filter(({ at }) => (labelled ? !Number.isNaN(label[at]) : labels.counts[at] === 1));

  it('are those of the sessions, symbols ascending within', () => {
    expect(samples.length).toBe(expected.length);
    expect([...samples.symbolRows]).toEqual(expected.map(({ row }) => row));
    const perSession = [...positions].map((t) => expected.filter((cell) => cell.t === t).length);
    expect([...samples.counts]).toEqual(perSession.filter((count) => count > 0));
    expect([...samples.sessions]).toEqual([...positions].filter((_, i) => perSession[i] > 0).map((t) => market.bars.sessions[t]));
    expect(perSession[2]).toBe(0);
    expect(perSession[6] === 0).toBe(labelled); // the last session has no label yet
  });

  it('have the values of their cells, each feature contiguous', () => {
    expect(samples.features).toEqual(['f0', 'f1', 'f2']);
    const values = samples.features.flatMap((name) => expected.map(({ at }) => features.column(name)[at]));
    expect([...samples.x]).toEqual(values);
    expect(values.filter((value) => Number.isNaN(value)).length).toBeGreaterThan(0);
    expect([...samples.scale]).toEqual(expected.map(({ at }) => labels.panel.column('scale')[at]));
    expect(samples.y && [...samples.y]).toEqual(labelled ? expected.map(({ at }) => label[at]) : null);
    expect(samples.returns && [...samples.returns]).toEqual(labelled ? expected.map(({ at }) => labels.panel.column('return')[at]) : null);
  });

  it('lie on shared memory, no more of it than they need', () => {
    for (const array of [samples.x, samples.symbolRows, samples.scale, samples.y, samples.returns]) {
      if (array === null) continue;
      expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(array.buffer.byteLength).toBe(array.byteLength);
    }
  });
});

describe('samplesOf', () => {
  it('gives nothing for no sessions', () => {
    expect(samplesOf({ features, labels }, new Int32Array(0), { labelled: true })).toMatchObject({ length: 0, x: new Float32Array(0), sessions: new Int32Array(0) });
  });

  it('refuses tables over other symbols or sessions', () => {
    const { symbols, sessions } = features;
    const given = (other: Panel) => () => samplesOf({ features: other, labels }, positions, { labelled: true });
    expect(given(features.slice(0, 80))).toThrow("expected features over the labels' 9 symbols and 90 sessions, found 9 symbols and 80 sessions");
    expect(given(features.select([...symbols].reverse()))).toThrow('found "S008" instead of "S000" at row 0');
    const later = new Panel({ symbols, sessions: sessions.map((day, t) => day + Number(t > 50)), columns: { f0: features.column('f0') } });
    expect(given(later)).toThrow('found 2011-03-19 instead of 2011-03-18 at position 51');
  });

  it.each([[[3, 3]], [[5, 4]], [[-1]], [[SESSIONS]]])('refuses positions %j', (bad) => {
    expect(() => samplesOf({ features, labels }, Int32Array.from(bad), { labelled: true })).toThrow('expected ascending positions of sessions from 0 to 89');
  });
});
