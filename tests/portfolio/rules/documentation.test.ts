import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { RISK_RULES } from '../../../src/portfolio/rules/registry.js';
import { ruleSections } from './rule-sections.js';

const root = join(import.meta.dirname, '../../..');
const PATH = join(root, 'docs/RISK_RULES.md');
const MARK = '<!-- generated: npx vitest run tests/portfolio/rules/documentation.test.ts -u -->';

describe('docs/RISK_RULES.md', () => {
  it('lists the registry as it is (npx vitest run tests/portfolio/rules/documentation.test.ts -u writes it)', async () => {
    const text = await readFile(PATH, 'utf8');
    expect(text).toContain(MARK);
    await expect(`${text.slice(0, text.indexOf(MARK))}${MARK}\n\n${ruleSections()}\n`).toMatchFileSnapshot(PATH);
  });

  it('names files that exist', async () => {
    const text = await readFile(PATH, 'utf8');
    const named = [...text.matchAll(/`((?:src|tests)\/[\w/-]+\.ts)`/g)].map(([, path]) => path);
    expect(named.length).toBeGreaterThan(3);
    for (const path of named) await expect(readFile(join(root, path), 'utf8')).resolves.not.toBe('');
    for (const { name } of RISK_RULES) await expect(readFile(join(root, `src/portfolio/rules/${name}.ts`), 'utf8')).resolves.toContain(`name: '${name}'`);
  });
});
