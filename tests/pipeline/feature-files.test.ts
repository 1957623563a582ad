import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { fromEpochDay } from '../../src/core/dates.js';
import { DataError } from '../../src/core/errors.js';
import { result } from '../../src/core/events.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import { cutInputs, ofSymbols } from '../../src/features/compute/cut.js';
import type { FeatureInputs } from '../../src/features/compute/feature-inputs.js';
import { FEATURES } from '../../src/features/registry.js';
import { resolveFeatures } from '../../src/features/sets.js';
import { computeFeatureFiles, type FeatureFilesResult } from '../../src/pipeline/feature-files/compute.js';
import { readFeatureManifest } from '../../src/pipeline/feature-files/manifest.js';
import { readFeatureFiles } from '../../src/pipeline/feature-files/read.js';
import type { Panel } from '../../src/table/panel.js';
import { makeWorld } from '../features/world.js';

const WORLD = makeWorld({ symbols: 6, sessions: 320, seed: 31, faults: true });
const CHOSEN = resolveFeatures(['momentum', 'volatility', 'cross-section', 'market'], FEATURES);
const WIDTH = WORLD.bars.sessions.length;

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'feature-files-'));
  folders.push(folder);
  return folder;
}

const compute = (folder: string, inputs: FeatureInputs, more: { features?: typeof CHOSEN; whole?: boolean } = {}): Promise<FeatureFilesResult> => result(computeFeatureFiles({ folder, features: CHOSEN, inputs, settings: { universe: 'made' }, threads: 1, ...more }));
const columns = (panel: Panel): Record<string, number[]> => Object.fromEntries(panel.columnNames.map((name) => [name, Array.from(panel.column(name))]));

describe('computed features on disk', () => {
  it('read back as they were computed, bit for bit', async () => {
    const folder = await emptyFolder();
    const { mode, manifest } = await compute(folder, WORLD);
    expect(mode).toEqual({ kind: 'whole', why: 'nothing was computed before' });
    expect([manifest.first, manifest.last]).toEqual([WORLD.bars.first, WORLD.bars.last]);
    const values = await readFeatureFiles(folder);
    expect(values.symbols).toEqual(WORLD.bars.symbols);
    expect(values.sessions).toEqual(WORLD.bars.sessions);
    expect(columns(values)).toEqual(columns(computeFeatures(WORLD, CHOSEN, { known: FEATURES })));
  });

  it('grow session by session to what computing everything gives, bit for bit', async () => {
    const [grown, whole] = [await emptyFolder(), await emptyFolder()];
    await compute(grown, cutInputs(WORLD, WIDTH - 7));
    expect((await compute(grown, cutInputs(WORLD, WIDTH - 6))).mode).toEqual({ kind: 'append', sessions: 1 });
    expect((await compute(grown, WORLD)).mode).toEqual({ kind: 'append', sessions: 6 });
    await compute(whole, WORLD);
    expect(columns(await readFeatureFiles(grown))).toEqual(columns(await readFeatureFiles(whole)));
    expect((await readFeatureManifest(grown))!.parts).toHaveLength(3);
  });

  it('are kept when nothing is new', async () => {
    const folder = await emptyFolder();
    await compute(folder, WORLD);
    const files = (await readdir(folder)).sort();
    expect((await compute(folder, WORLD)).mode).toEqual({ kind: 'current' });
    expect((await readdir(folder)).sort()).toEqual(files);
  });

  it.each<[string, (inputs: FeatureInputs) => FeatureInputs, RegExp]>([
    ['a past bar changed', ({ bars, ...rest }) => ({ ...rest, bars: bars.with({ close: bars.column('close').map((value, i) => (i === 5 ? value * 1.01 : value)) }) }), /^data up to .* changed$/],
    ['a membership changed', ({ member, ...rest }) => ({ ...rest, member: member!.map((value, i) => (i === 9 ? 0 : value)) }), /^data up to .* changed$/],
    ['other symbols are asked for', (inputs) => ofSymbols(inputs, inputs.bars.symbols.slice(1)), /^other symbols/],
  ])('are computed anew when %s', async (_, change, why) => {
    const folder = await emptyFolder();
    await compute(folder, cutInputs(WORLD, WIDTH - 1));
    const { mode } = await compute(folder, change(WORLD));
    expect(mode.kind === 'whole' && mode.why).toMatch(why);
  });

  it('are computed anew when asked to, or when other features are wanted, and old files go', async () => {
    const folder = await emptyFolder();
    await compute(folder, WORLD);
    expect((await compute(folder, WORLD, { whole: true })).mode).toEqual({ kind: 'whole', why: 'asked for' });
    const { mode, manifest } = await compute(folder, WORLD, { features: CHOSEN.slice(0, 2) });
    expect(mode).toEqual({ kind: 'whole', why: 'features, settings or code changed' });
    expect((await readdir(folder)).filter((name) => name.endsWith('.npy'))).toEqual([manifest.parts[0].file]);
  });

  it('give what is asked for, and name what was not computed', async () => {
    const folder = await emptyFolder();
    await compute(folder, WORLD);
    const [start, end] = [fromEpochDay(WORLD.bars.sessions[300]), fromEpochDay(WORLD.bars.sessions[309])];
    const part = await readFeatureFiles(folder, { features: ['momentum-12-1'], symbols: ['S03', 'S01'], start, end });
    expect([part.columnNames, part.symbols, part.first, part.last]).toEqual([['momentum-12-1'], ['S01', 'S03'], start, end]);
    await expect(readFeatureFiles(folder, { features: ['nonsense'] })).rejects.toThrow('expected a feature that was computed, found "nonsense"');
    await expect(readFeatureFiles(await emptyFolder())).rejects.toThrow(DataError);
  });

  it('that are damaged are refused, not misread', async () => {
    const folder = await emptyFolder();
    const { manifest } = await compute(folder, WORLD);
    const path = join(folder, manifest.parts[0].file);
    await truncate(path, 5000);
    await expect(readFeatureFiles(folder)).rejects.toThrow(/found 5000 bytes that are not; compute them again$/);
    await rm(path);
    await expect(readFeatureFiles(folder)).rejects.toThrow('found no readable file; compute them again');
    await writeFile(join(folder, 'manifest.json'), '{');
    await expect(compute(folder, WORLD)).rejects.toThrow('expected the manifest of computed features');
  });

  it('of a world without inputs name what is absent', async () => {
    const { bars, member } = WORLD;
    const needy = FEATURES.filter(({ inputs }) => inputs.some((input) => input.startsWith('macro:'))).slice(0, 1);
    const { manifest } = await compute(await emptyFolder(), { bars, ...(member ? { member } : {}) }, { features: needy });
    expect(manifest.absent).toEqual(needy.map(({ name, inputs }) => ({ feature: name, inputs: inputs.filter((input) => input.startsWith('macro:')) })));
  });

  it('are arrays as NumPy writes them', async () => {
    const folder = await emptyFolder();
    const { manifest } = await compute(folder, WORLD);
    const bytes = await readFile(join(folder, manifest.parts[0].file));
    const length = bytes.readUInt16LE(8);
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from('\x93NUMPY\x01\x00', 'latin1'));
    expect(bytes.subarray(10, 10 + length).toString('latin1')).toMatch(new RegExp(`^\\{'descr': '<f4', 'fortran_order': False, 'shape': \\(${CHOSEN.length}, 6, ${WIDTH}\\), \\} *\\n$`));
    expect((10 + length) % 64).toBe(0);
    expect(bytes.length).toBe(10 + length + 4 * CHOSEN.length * 6 * WIDTH);
  });
});
