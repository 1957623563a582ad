import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { rankWithinSessions } from '../../src/dataset/rank-within-sessions.js';
import { samplesOf } from '../../src/dataset/samples-of.js';
import { rankScaler } from '../../src/dataset/scaler/rank-scaler.js';
import type { Labels } from '../../src/dataset/labels/labels.js';
import { Panel } from '../../src/table/panel.js';

const [SYMBOLS, SESSIONS] = [30, 75];

function made(seed: number): { panel: Panel; labels: Labels } {
  const rng = createRng(seed);
  const size = SYMBOLS * SESSIONS;
  const axes = { symbols: Array.from({ length: SYMBOLS }, (_, row) => `S${row}`), sessions: Int32Array.from({ length: SESSIONS }, (_, t) => 100 + t) };
  const column = (): Float32Array => Float32Array.from({ length: size }, () => (rng.float() < 0.1 ? Number.NaN : rng.float() < 0.3 ? rng.integer(-2, 2) : rng.normal()));
  const panel = new Panel({ ...axes, columns: { a: column(), b: column() } });
  const counts = Uint8Array.from({ length: size }, () => (rng.float() < 0.8 ? 1 : 0));
  const empty = new Float64Array(size).fill(Number.NaN);
  const labels: Labels = { describe: 'none', horizon: 1, span: 2, panel: new Panel({ ...axes, columns: { label: empty, return: empty, scale: empty } }), counts, at: () => labels };
  return { panel, labels };
}

describe('ranks of a whole panel', () => {
  it('are those of the rank scaler on samples of all that count, and nothing elsewhere', () => {
    for (const seed of [1, 2, 3]) {
      const { panel, labels } = made(seed);
      const every = Int32Array.from({ length: SESSIONS }, (_, t) => t);
      const ranked = rankWithinSessions(panel, labels);
      const samples = samplesOf({ features: panel, labels }, every, { labelled: false });
      const scaled = rankScaler().fit(samples).apply(samples);
      expect(samplesOf({ features: ranked, labels }, every, { labelled: false }).x).toEqual(scaled.x);
      for (const name of ranked.columnNames) ranked.column(name).forEach((value, at) => expect(Number.isNaN(value)).toBe(labels.counts[at] !== 1 || Number.isNaN(panel.column(name)[at])));
    }
  });

  it('of ranks are the same ranks', () => {
    const { panel, labels } = made(4);
    const ranked = rankWithinSessions(panel, labels);
    expect(rankWithinSessions(ranked, labels)).toEqual(ranked);
  });

  it('do not change when later sessions arrive', () => {
    const { panel, labels } = made(5);
    const cut = { ...labels, panel: labels.panel.slice(0, 40), counts: Uint8Array.from({ length: SYMBOLS * 40 }, (_, at) => labels.counts[Math.floor(at / 40) * SESSIONS + (at % 40)]) };
    expect(rankWithinSessions(panel.slice(0, 40), cut)).toEqual(rankWithinSessions(panel, labels).slice(0, 40));
  });
});
