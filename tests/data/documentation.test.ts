import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { fromEpochDay, isoDate, toEpochDay } from '../../src/core/dates.js';
import { DATASET_NAMES } from '../../src/data/datasets.js';
import { macroAvailableAt } from '../../src/data/macro-lags.js';
import { filesDescription } from '../../src/data/providers/files/provider.js';
import { sampleFolder } from '../../src/data/sample.js';
import { dataSections, withSections } from './reference-sections.js';
import { bar, CLOCK, temporaryStore, write } from './store/rows.js';

const PATH = join(import.meta.dirname, '../../docs/data.md');

/** The first block of code of a language in a document, after a heading. */
function block(document: string, heading: string, language: string): string {
  const from = document.indexOf(`\n## ${heading}\n`);
  const found = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(document.slice(from));
  if (from < 0 || found === null) throw new Error(`expected a block of ${language} under "${heading}"`);
  return found[1];
}

describe('docs/data.md', () => {
  it('has columns, lags, rules, records and files as the code has them (npx vitest run tests/data/documentation.test.ts -u writes them)', async () => {
    const sample = filesDescription.parse(JSON.parse(await readFile(join(sampleFolder(), 'source.json'), 'utf8')));
    await expect(withSections(await readFile(PATH, 'utf8'), dataSections(sample.datasets))).toMatchFileSnapshot(PATH);
  });

  it('says of every dataset from when on its rows may be used', async () => {
    const text = await readFile(PATH, 'utf8');
    const part = text.slice(text.indexOf('\n## When a row may be used'), text.indexOf('\n## Macro lags'));
    for (const dataset of DATASET_NAMES) expect(part, dataset).toContain(`\`${dataset}\``);
  });

  it('shows a description of files that is one', async () => {
    const example = filesDescription.parse(JSON.parse(block(await readFile(PATH, 'utf8'), 'Files', 'json')));
    expect(Object.keys(example.datasets)).toEqual(['bars', 'membership']);
  });

  it('shows the manifest with the keys that it has', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02'), bar('AA', '2018-01-02')])], { clock: CLOCK });
    const shown = JSON.parse(block(await readFile(PATH, 'utf8'), 'The store', 'json')) as unknown;
    const keys = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.slice(0, 1).map(keys);
      return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keys(inner)])) : null;
    };
    expect(keys(shown)).toEqual(keys(await store.manifest()));
  });

  it('counts the lags of its examples as the code does', async () => {
    const examples = [...(await readFile(PATH, 'utf8')).matchAll(/`(\w+)` of (\d{4}-\d{2}-\d{2}) counts from (\d{4}-\d{2}-\d{2})/g)];
    expect(examples.length).toBeGreaterThan(2);
    for (const [, id, observation, expected] of examples) expect(fromEpochDay(macroAvailableAt(id, toEpochDay(isoDate(observation)))), id).toBe(expected);
  });

  it('points to files that are there', async () => {
    const text = await readFile(PATH, 'utf8');
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target).filter((target) => !target.startsWith('http'));
    expect(links.length).toBeGreaterThan(2);
    for (const target of links) await expect(readFile(join(PATH, '..', target)), target).resolves.toBeDefined();
  });
});
