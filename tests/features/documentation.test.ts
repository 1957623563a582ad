import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { FEATURES } from '../../src/features/registry.js';
import { featureSections } from './feature-sections.js';

const PATH = join(import.meta.dirname, '../../docs/FEATURES.md');
const MARK = '<!-- generated: npx vitest run tests/features/documentation.test.ts -u -->';

describe('docs/FEATURES.md', () => {
  it('lists the registry as it is (npx vitest run tests/features/documentation.test.ts -u writes it)', async () => {
    const text = await readFile(PATH, 'utf8');
    expect(text).toContain(MARK);
    await expect(`${text.slice(0, text.indexOf(MARK))}${MARK}\n\n${featureSections()}\n`).toMatchFileSnapshot(PATH);
  });

  it('has at least a hundred of them beside Alpha158, which is whole', () => {
    expect(FEATURES.filter(({ family }) => family !== 'alpha158').length).toBeGreaterThanOrEqual(100);
    expect(FEATURES.filter(({ family }) => family === 'alpha158')).toHaveLength(158);
  });
});
