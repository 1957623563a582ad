import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fixedClock } from '../../src/core/clock.js';
import { fromEpochDay } from '../../src/core/dates.js';
import { importFrom } from '../../src/data/import.js';
import type { StoredChain } from '../../src/data/option-chains/chain-rows.js';
import { filesDescription, openFilesFolder } from '../../src/data/providers/files/provider.js';
import { optionsSampleFolder } from '../../src/data/sample.js';
import { Store } from '../../src/data/store/store.js';
import { chainsOf } from './option-chains/chains.js';

const folder = optionsSampleFolder();
const { name, datasets } = filesDescription.parse(JSON.parse(readFileSync(join(folder, 'source.json'), 'utf8')));
const entries = [datasets['option_chains']!].flat();

describe('the bundled option chains', () => {
  it('are those that source.json describes, and no part of the sample of the evening', () => {
    expect(Object.keys(datasets)).toEqual(['option_chains']);
    expect(name).not.toBe('sample');
    expect(readdirSync(folder).sort()).toEqual([...entries.map(({ file }) => file), 'LICENSES.md', 'README.md', 'source.json'].sort());
    expect(readFileSync(join(folder, '..', 'source.json'), 'utf8')).not.toContain('option_chains');
  });

  it('are described with hash and licence in the texts beside them', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8').split('\n');
    for (const { file, licence, sha256 } of entries) expect(readme.find((line) => line.startsWith(`| \`${file}\` |`))).toMatch(new RegExp(`${licence}.*${sha256}`));
    const licences = readFileSync(join(folder, 'LICENSES.md'), 'utf8');
    for (const part of ['Copyright (c) 2019 Federico Carrone', 'quangvo55', 'Permission is hereby granted', 'THE SOFTWARE IS PROVIDED "AS IS"', ...entries.map(({ file }) => file)]) expect(licences).toContain(part);
  });
});

describe('the bundled option chains in a store', () => {
  let place: string;
  let chains: StoredChain[];
  let store: Store;
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'swinglab-options-'));
    store = await Store.open(place);
    await importFrom(await openFilesFolder(folder), store, { clock: fixedClock(Date.UTC(2026, 0, 2)) });
    chains = await chainsOf(store);
  });
  afterAll(() => rm(place, { recursive: true, force: true }));

  it('are 252 sessions of SPY and one evening of five others, each with the price of its underlying', () => {
    const spy = chains.filter(({ underlying }) => underlying === 'SPY');
    expect([spy.length, fromEpochDay(spy[0].session), fromEpochDay(spy[251].session)]).toEqual([252, '2021-01-04', '2021-12-31']);
    expect(spy.every(({ strike, isCall }) => strike.length === 20 && isCall.reduce((sum, one) => sum + one, 0) === 10)).toBe(true);
    expect(chains.slice(252).map(({ underlying, strike }) => [underlying, strike.length])).toEqual([['GME', 1286], ['HOOD', 1390], ['LUNR', 732], ['OKLO', 1244], ['VXX', 2002]]);
    expect(chains.every(({ spot }) => spot > 0)).toBe(true);
    expect(spy[0].spot).toBe(368.79);
  });

  it('have quotes that are mostly in order: no bid above its ask but seventeen', () => {
    const crossed = chains.reduce((sum, { bid, ask }) => sum + bid.reduce((count, value, i) => count + (value > ask[i] ? 1 : 0), 0), 0);
    expect(crossed).toBe(17);
  });

  it('come with what was left out, counted', async () => {
    const { notes, licence } = (await store.entry('option_chains'))!;
    expect(licence).toBe('MIT');
    expect(notes.join('\n')).toMatch(/^68 contracts left out that were adjusted/m);
  });
});
