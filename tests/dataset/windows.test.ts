import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { batchCount, batchesOf } from '../../src/dataset/batches.js';
import { forwardLabels } from '../../src/dataset/labels/forward-labels.js';
import { samplesOf } from '../../src/dataset/samples-of.js';
import { rankScaler } from '../../src/dataset/scaler/rank-scaler.js';
import { standardScaler } from '../../src/dataset/scaler/standard-scaler.js';
import { windowsOf, type WindowBatch, type WindowOptions } from '../../src/dataset/windows.js';
import { cellFeatures, world } from './world.js';

const SESSIONS = 90;
const market = world({ seed: 3, symbols: 7, sessions: SESSIONS, gaps: 0.03, suspects: 0.03, outsiders: 0.2 });
const labels = forwardLabels(market, { horizon: 4 });
const features = cellFeatures(market, 3);
const tables = { features, labels };
const positions = Int32Array.of(0, 2, 40, 41, 66, 84, 88);
const options: WindowOptions = { length: 5, batchSize: 4, labelled: true };

const collect = (given: WindowOptions, epoch?: number): WindowBatch[] => [...windowsOf(tables, positions, given).batches(epoch)];
const names = (batches: readonly WindowBatch[]): string[] => batches.flatMap(({ symbolRows, positions: at }) => [...symbolRows].map((row, i) => `${row}@${at[i]}`));

describe.each([true, false])('windows, labelled %s', (labelled) => {
  const samples = samplesOf(tables, positions, { labelled });
  const batches = collect({ ...options, labelled });

  it('are one for each sample, in batches', () => {
    expect(names(batches)).toEqual([...samples.symbolRows].map((row, i) => `${row}@${sessionsOf(samples)[i]}`));
    expect(batches.slice(0, -1).every(({ size }) => size === 4)).toBe(true);
    const windows = windowsOf(tables, positions, { ...options, labelled });
    expect([windows.count, windows.batchCount, windows.length, windows.features]).toEqual([samples.length, batches.length, 5, ['f0', 'f1', 'f2']]);
  });

  it('hold the sessions up to their own and nothing else, missing values as 0 and marked', () => {
    let [missing, padded] = [0, 0];
    for (const { x, missing: mask, symbolRows, positions: at, size } of batches) {
      expect([x.length, mask.length]).toEqual([size * 15, size * 15]);
      for (let b = 0; b < size; b++) {
        for (let time = 0; time < 5; time++) {
          const t = at[b] - 4 + time;
          for (let feature = 0; feature < 3; feature++) {
            const value = t < 0 ? Number.NaN : features.column(`f${feature}`)[symbolRows[b] * SESSIONS + t];
            const place = (b * 5 + time) * 3 + feature;
            expect([x[place], mask[place]]).toEqual(Number.isNaN(value) ? [0, 1] : [value, 0]);
            if (t < 0) padded++;
            else if (Number.isNaN(value)) missing++;
          }
        }
      }
    }
    expect(Math.min(missing, padded)).toBeGreaterThan(10);
  });

  it('carry what the samples carry', () => {
    const joined = (name: 'y' | 'returns' | 'scale'): number[] | null => (batches[0][name] === null ? null : batches.flatMap((batch) => [...batch[name]!]));
    for (const name of ['y', 'returns', 'scale'] as const) expect(joined(name)).toEqual(samples[name] && [...samples[name]]);
  });
});

function sessionsOf({ sessions, counts }: { sessions: Int32Array; counts: Int32Array }): number[] {
  return [...counts].flatMap((count, group) => Array.from({ length: count }, () => market.bars.sessions.indexOf(sessions[group])));
}

describe('the past only', () => {
  it('does not see what a feature is after a sample’s session', () => {
    const changed = features.with({ f0: features.column('f0').map((value, at) => (at % SESSIONS > 66 ? value + 1000 : value)) });
    const until66 = positions.filter((t) => t <= 66);
    const gathered = (given: typeof features): WindowBatch[] => [...windowsOf({ features: given, labels }, until66, options).batches()];
    expect(gathered(changed)).toEqual(gathered(features));
    const later = Int32Array.of(67);
    expect([...windowsOf({ features: changed, labels }, later, options).batches()]).not.toEqual([...windowsOf(tables, later, options).batches()]);
  });
});

describe('shuffled windows', () => {
  const shuffled = { ...options, rng: createRng(7) };

  it('are all of them once, in an order of the seed and the epoch alone', () => {
    const plain = names(collect(options));
    const first = names(collect(shuffled, 0));
    expect(first).not.toEqual(plain);
    expect([...first].sort()).toEqual([...plain].sort());
    const second = names(collect(shuffled, 1));
    expect(second).not.toEqual(first);
    expect(names(collect({ ...options, rng: createRng(7) }, 1))).toEqual(second);
    expect(names(collect({ ...options, rng: createRng(8) }, 1))).not.toEqual(second);
  });

  it('keep sessions together when asked to', () => {
    const batches = collect({ ...shuffled, by: 'session', batchSize: 2 });
    const samples = samplesOf(tables, positions, { labelled: true });
    for (const batch of batches) {
      const sessions = [...new Set(batch.positions)];
      expect(sessions.length).toBeLessThanOrEqual(2);
      expect(batch.size).toBe(sessions.reduce((sum, t) => sum + samples.counts[samples.sessions.indexOf(market.bars.sessions[t])], 0));
    }
    expect(batches.length).toBe(batchCount(samples.counts, { batchSize: 2, by: 'session' }));
  });
});

describe('scaled windows', () => {
  it('have the values of scaled samples at their last session', () => {
    const samples = samplesOf(tables, positions, { labelled: true });
    const scaler = standardScaler().fit(samples);
    const scaled = scaler.apply(samples);
    const last = collect({ ...options, scaler }).flatMap(({ x, missing, size }) => Array.from({ length: size }, (_, b) => [0, 1, 2].map((feature) => (missing[(b * 5 + 4) * 3 + feature] === 1 ? Number.NaN : x[(b * 5 + 4) * 3 + feature]))));
    last.forEach((values, sample) => values.forEach((value, feature) => expect(value).toBe(scaled.x[feature * samples.length + sample])));
  });

  it('refuse scalers that compare the values of a session', () => {
    const scaler = rankScaler().fit(samplesOf(tables, positions, { labelled: true }));
    expect(() => windowsOf(tables, positions, { ...options, scaler })).toThrow('expected a scaler of single values for windows, found "rank"');
  });
});

describe('wrong settings', () => {
  it('are named', () => {
    expect(() => windowsOf(tables, positions, { ...options, length: 0 })).toThrow('expected windows of at least one session, found 0');
    expect(() => windowsOf(tables, positions, { ...options, batchSize: 0 })).toThrow('expected a batch of at least one, found 0');
    expect(() => [...batchesOf(Int32Array.of(3), { batchSize: 1.5 })]).toThrow('expected a batch of at least one, found 1.5');
    expect(() => windowsOf({ features: features.slice(0, 50), labels }, positions, options)).toThrow("expected features over the labels' 7 symbols and 90 sessions");
  });
});
