import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { settings } from '../../src/config/describe.js';
import { configSchema, SECRETS } from '../../src/config/schema.js';
import { EXIT } from '../../src/cli/exit-codes.js';
import { exampleText, SAMPLE_VALUES } from './example-text.js';
import { withReference } from './reference-text.js';

const root = join(import.meta.dirname, '../..');
const examplePath = join(root, 'config/config.example.yaml');
const referencePath = join(root, 'docs/configuration.md');

describe('config/config.example.yaml', () => {
  it('is what the schema says; vitest -u rewrites it', async () => {
    await expect(exampleText()).toMatchFileSnapshot(examplePath);
  });

  it('parses to the defaults', async () => {
    expect(configSchema.parse(parse(await readFile(examplePath, 'utf8')))).toEqual(configSchema.parse({}));
  });

  it('states every setting that has a default, so that leaving the schema changes nothing', async () => {
    const stated: unknown = parse(await readFile(examplePath, 'utf8'));
    for (const { path, ...setting } of settings().filter((each) => each.default !== undefined)) {
      expect(path.reduce<any>((inside, step) => inside?.[step], stated), path.join('.')).toEqual(setting.default);
    }
  });

  it('holds optional settings too: taking the comment signs away gives valid settings', async () => {
    const optional = settings().filter((setting) => setting.default === undefined);
    expect(optional.map(({ name }) => name).sort()).toEqual(Object.keys(SAMPLE_VALUES).sort());
    let text = await readFile(examplePath, 'utf8');
    for (const { path } of optional) {
      const commented = new RegExp(`^(\\s*)# (${path.at(-1)}: )`, 'm');
      expect(text).toMatch(commented);
      text = text.replace(commented, '$1$2');
    }
    const config: any = configSchema.parse(parse(text));
    for (const { path, name } of optional) expect(path.reduce((inside, step) => inside[step], config), name).toEqual(SAMPLE_VALUES[name]);
  });

  it('explains each setting on the lines above it: meaning, range, default', async () => {
    const lines = (await readFile(examplePath, 'utf8')).split('\n');
    let from = 0;
    for (const { path, describe: meaning, expectation } of settings()) {
      const at = lines.findIndex((line, index) => index >= from && new RegExp(`^\\s*(# )?${path.at(-1)}:`).test(line));
      expect(at, path.join('.')).toBeGreaterThan(0);
      const above = lines.slice(lines.findLastIndex((line, index) => index < at && !line.trim().startsWith('#')) + 1, at).join('\n');
      expect(meaning, path.join('.')).not.toBe('');
      expect(above).toContain(meaning);
      expect(above).toContain(expectation);
      from = at + 1;
    }
  });

  it('names the secrets as environment variables only', async () => {
    const text = await readFile(examplePath, 'utf8');
    for (const name of Object.keys(SECRETS)) expect(text).toMatch(new RegExp(`^#.*${name}`, 'm'));
  });
});

describe('docs/configuration.md', () => {
  it('has the table of settings that the schema says; vitest -u rewrites it', async () => {
    await expect(withReference(await readFile(referencePath, 'utf8'))).toMatchFileSnapshot(referencePath);
  });

  it('lists every exit code and every secret', async () => {
    const text = await readFile(referencePath, 'utf8');
    for (const code of Object.values(EXIT)) expect(text).toContain(`| ${code} |`);
    for (const [name, opens] of Object.entries(SECRETS)) expect(text).toContain(`| \`${name}\` | ${opens} |`);
  });
});
