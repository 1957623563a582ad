import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { ConfigIssue } from '../../src/config/errors.js';
import { loadConfig } from '../../src/config/load.js';
import { quote, redact } from '../../src/config/redact.js';
import { namesSecret } from '../../src/core/secret-names.js';
import { editDistance, suggest } from '../../src/core/suggest.js';
import { ConfigError } from '../../src/core/errors.js';
import { folderWith } from './folder.js';

async function failure(text: string | Uint8Array, overrides: readonly string[] = []): Promise<ConfigError> {
  const cwd = await folderWith({ 'config.yaml': text });
  const error: unknown = await loadConfig({ cwd, overrides }).then(() => null, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).code).toBe('BAD_CONFIG');
  return error as ConfigError;
}

const issuesOf = (error: ConfigError): readonly ConfigIssue[] => error.fields['issues'] as readonly ConfigIssue[];

describe('a wrong value', () => {
  it.each([
    ['seed: "9"\n', 'config.yaml:1:7: seed: expected a whole number from 0 to 4294967295, found "9"; remove the quotes to make it a number'],
    ['seed: 1.5\n', 'config.yaml:1:7: seed: expected a whole number from 0 to 4294967295, found 1.5'],
    ['seed: -1\n', 'config.yaml:1:7: seed: expected a whole number from 0 to 4294967295, found -1'],
    ['seed: 99999999999999999999\n', 'config.yaml:1:7: seed: expected a whole number from 0 to 4294967295, found 100000000000000000000'],
    ['seed:\n', 'config.yaml:1:6: seed: expected a whole number from 0 to 4294967295, found null; remove the key to keep the default'],
    ['data:\n  history: 299\n', 'config.yaml:2:12: data.history: expected a whole number from 300 to 10000, found 299'],
    ['forecast:\n  interval: 1\n', 'config.yaml:2:13: forecast.interval: expected a number above 0 and below 1, found 1'],
    ['forecast:\n  interval: .nan\n', 'config.yaml:2:13: forecast.interval: expected a number above 0 and below 1, found NaN'],
    ['strategy:\n  momentum:\n    minDollarVolume: -5\n', 'config.yaml:3:22: strategy.momentum.minDollarVolume: expected a number of at least 0, found -5'],
    ['data: { source: filse }\n', 'config.yaml:1:17: data.source: expected one of auto, store, sample, files, synthetic, found "filse"; did you mean "files"?'],
    ['data: { source: 12 }\n', 'config.yaml:1:17: data.source: expected one of auto, store, sample, files, synthetic, found 12'],
    ['data: { symbols: AAPL }\n', 'config.yaml:1:18: data.symbols: expected a list, at least 1 long, of items that are each text that is not empty, found "AAPL"'],
    ['data: { symbols: [] }\n', 'config.yaml:1:18: data.symbols: expected a list, at least 1 long, of items that are each text that is not empty, found []'],
    ['data:\n  symbols:\n    - A\n    - true\n', 'config.yaml:4:7: data.symbols.1: expected text that is not empty, found true; put it in quotes to make it text'],
    ['data: 5\n', 'config.yaml:1:7: data: expected a map of settings, found 5'],
    ['data: [1]\n', 'config.yaml:1:7: data: expected a map of settings, found [1]'],
    ['clock: { decisionTime: "9:00" }\n', 'config.yaml:1:24: clock.decisionTime: expected a time as hh:mm, found "9:00"'],
    ['clock: { decisionTime: "15:00" }\n', 'config.yaml:1:24: clock.decisionTime: expected a time after the close, 16:30 or later, found "15:00"'],
    ['data: { quality: { zero-volume: repair } }\n', 'config.yaml:1:33: data.quality.zero-volume: expected one of keep, mask, found "repair"'],
    ['data: { quality: { zero-volume: bad } }\n', 'config.yaml:1:33: data.quality.zero-volume: expected one of keep, mask, found "bad"'],
  ])('%j is told with its place, its path and what was expected', async (text, message) => {
    expect((await failure(text)).message).toBe(message);
  });
});

describe('an unknown key', () => {
  it.each([
    ['sede: 1\n', 'config.yaml:1:1: sede: expected a known key, found "sede"; did you mean "seed"?'],
    ['data:\n  histroy: 500\n', 'config.yaml:2:3: data.histroy: expected a known key, found "histroy"; did you mean "history"?'],
    ['top: 5\n', 'config.yaml:1:1: top: expected a known key, found "top"; did you mean "strategy.priority.top" or "strategy.momentum.top"?'],
    ['clock: { zzzzz: 1 }\n', 'config.yaml:1:10: clock.zzzzz: expected a known key, found "zzzzz"; known here: decisionTime'],
    ['__proto__: { seed: 1 }\n', /^config.yaml:1:1: __proto__: expected a known key/],
    ['constructor: 1\n', /^config.yaml:1:1: constructor: expected a known key/],
    ['data: { quality: { zero-volme: mask } }\n', 'config.yaml:1:20: data.quality.zero-volme: expected the name of a quality rule, found "zero-volme"; did you mean "zero-volume"?'],
  ])('%j is told with what may be meant', async (text, message) => {
    const found = (await failure(text)).message;
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
  });

  it('does not hide other problems: all are listed, in the order of the file', async () => {
    const error = await failure('seed: x\ndata:\n  histroy: 5\n  history: 5\n  quality:\n    no-such: keep\nzzz: 1\nstrategy: { momentum: { top: 0 } }\n');
    expect(issuesOf(error).map(({ path }) => path)).toEqual(['seed', 'data.histroy', 'data.history', 'data.quality.no-such', 'zzz', 'strategy.momentum.top']);
    expect(error.message.split('\n')).toHaveLength(7);
    expect(error.message).toMatch(/^6 problems in the configuration:\n {2}config.yaml:1:7: seed:/);
  });
});

describe('text that is not a map in YAML', () => {
  it.each([
    ['duplicate keys', 'seed: 1\nseed: 2\n', 'config.yaml:2:1: expected each key once in its map, found "seed" again'],
    ['tabs', 'data:\n\thistory: 900\n', 'config.yaml:2:1: expected spaces as indentation, found a tab'],
    ['a list', '- seed\n', 'config.yaml:1:1: expected a map of settings at the top, found a list'],
    ['text', 'hello\n', 'config.yaml:1:1: expected a map of settings at the top, found text'],
    ['a number', '7\n', 'config.yaml:1:1: expected a map of settings at the top, found a number'],
    ['two documents', 'seed: 1\n---\nseed: 2\n', /^config.yaml:2:1: expected one YAML document/],
    ['an open quote', 'seed: "7\n', /^config.yaml:2:1: expected closed quotes/],
    ['wrong indentation', 'data:\n  history: 900\n universe: x\n', /^config.yaml:3:1: expected YAML whose lines are indented/],
    ['an unknown alias', 'seed: *nothing\n', 'config.yaml:1:7: seed: expected an alias of an anchor that stands before it, found "*nothing"'],
    ['a tag', 'seed: !!js/function x\n', 'config.yaml:1:7: expected no tags ("!…"), found a tag that is not known'],
    ['a list as key', '? [a]\n: 1\n', 'config.yaml:1:3: expected keys that are text, found another kind of key'],
    ['deep nesting', `data: ${'['.repeat(200)}${']'.repeat(200)}\n`, /expected at most 20000 values, nested at most 40 deep/],
    ['endless brackets', `data: ${'['.repeat(100_000)}\n`, /^config.yaml:1:\d+: expected at most 40 levels of nesting, found more$/],
    ['bytes that are no UTF-8', Uint8Array.of(0xff, 0xfe, 0x00), 'config.yaml: expected text in UTF-8, found other bytes'],
    ['a megabyte', '#'.repeat(1_000_001), 'config.yaml: expected a file of at most 1000000 bytes, found 1000001 bytes'],
  ])('is refused: %s', async (_, text, message) => {
    const found = (await failure(text)).message;
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
  });

  it('may use anchors, but not multiply them without end', async () => {
    const bomb = ['a', 'b', 'c', 'd', 'e', 'f'].reduce((text, name, index, names) => `${text}${name}: &${name} [${Array.from({ length: 9 }, () => (index === 0 ? 'x' : `*${names[index - 1]}`)).join(', ')}]\n`, '');
    const started = performance.now();
    expect((await failure(bomb)).message).toContain('expected at most 20000 values');
    expect((await failure('data: &loop\n  symbols: [*loop]\n')).message).toContain('nested at most 40 deep');
    expect(performance.now() - started).toBeLessThan(5000);
    const cwd = await folderWith({ 'config.yaml': 'seed: &n 12\nstrategy: { momentum: { top: *n } }\n' });
    expect((await loadConfig({ cwd })).config.strategy.momentum.top).toBe(12);
  });
});

describe('a file that is not there', () => {
  it.each([
    ['missing', 'nope.yaml', 'nope.yaml: expected a configuration file, found no such file'],
    ['below a file', 'config.yaml/x.yaml', 'config.yaml/x.yaml: expected a configuration file, found no such file'],
    ['a folder', 'folder', 'folder: expected a configuration file, found a folder'],
  ])('is told: %s', async (_, file, message) => {
    const cwd = await folderWith({ 'config.yaml': '' });
    await mkdir(join(cwd, 'folder'));
    await expect(loadConfig({ cwd, file })).rejects.toThrow(message);
    await expect(loadConfig({ cwd, experiment: file })).rejects.toThrow(message);
  });

  it('is told when it has a name that is not read', async () => {
    await expect(loadConfig({ cwd: await folderWith({ 'config.yml': 'seed: 1' }) })).rejects.toThrow('rename it');
  });
});

describe('a wrong --set', () => {
  it.each([
    ['data.history', '--set data.history: expected a setting and its value, such as --set strategy.momentum.top=10, found "data.history"'],
    ['=5', /expected a setting and its value/],
    ['data..history=5', /expected a setting and its value/],
    ['data.history=ten', '--set data.history=ten: data.history: expected a whole number from 300 to 10000, found "ten"'],
    ['data.history=', /^--set data.history=: data.history: expected a whole number from 300 to 10000, found null/],
    ['data.symbols=[A', /^--set data.symbols=\[A: data.symbols: expected closed quotes and brackets/],
    ['data.symbols.0=A', /^--set data.symbols.0=A: data.symbols: expected a list/],
    ['dta.history=5', '--set dta.history=5: dta: expected a known key, found "dta"; did you mean "data"?'],
  ])('%j is told', async (override, message) => {
    const found = (await failure('', [override])).message;
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
  });
});

describe('secrets', () => {
  const SECRET = 'hunter2-is-not-safe';
  afterEach(() => void vi.unstubAllEnvs());

  it.each(['apiKey', 'api_key', 'POLYGON_API_KEY', 'token', 'dbPassword', 'client-secret', 'accessKey', 'credentials'])('in a file under "%s" are refused and not repeated', async (key) => {
    for (const text of [`${key}: ${SECRET}\n`, `data:\n  ${key}:\n    inside: ${SECRET}\n`]) {
      const error = await failure(text);
      expect(error.message).toContain('put it in the environment');
      expect(error.message).toContain(key);
      expect(JSON.stringify([error.message, error.fields])).not.toContain(SECRET);
    }
  });

  it('in --set are refused and not repeated', async () => {
    for (const override of [`agents.apiKey=${SECRET}`, `token.x=${SECRET}`]) {
      const error = await failure('', [override]);
      expect(error.message).toContain('put it in the environment');
      expect(JSON.stringify([error.message, error.fields])).not.toContain(SECRET);
    }
  });

  it('do not show in what was found, when the value is one of the environment', async () => {
    vi.stubEnv('FRED_API_KEY', SECRET);
    const error = await failure(`seed: ${SECRET}\n`, [`data.history=${SECRET}`]);
    expect(issuesOf(error)).toHaveLength(2);
    expect(JSON.stringify([error.message, error.fields])).not.toContain(SECRET);
  });

  it('do not show in errors of the syntax', async () => {
    for (const text of [`token: "${SECRET}\n`, `token: ${SECRET}\n  x: y\n`, `token: {${SECRET}]\n`, `token: ${SECRET}\n token: ${SECRET}\n`, `"token": ${SECRET} : x\n`]) {
      expect(JSON.stringify((await failure(text)).fields)).not.toContain(SECRET);
    }
  });

  it('are hidden in logins and where they look like keys; ordinary values stay', () => {
    expect(redact('https://me:pw@host/x')).toBe('https://***@host/x');
    expect(quote('sk-abcdef0123456789abcdef')).toBe('"***"');
    expect(quote('2026-01-05')).toBe('"2026-01-05"');
    expect(quote('the-folder-of-my-prices')).toBe('"the-folder-of-my-prices"');
    expect(quote({ a: 1, b: 2 })).toBe('a map with the keys a, b');
    expect(quote('x '.repeat(100)).length).toBeLessThan(100);
  });

  it.each(['maxTokens', 'tokenizer', 'keepRuns', 'secretary', 'key', 'monkey', 'author'])('are not seen in the name "%s"', (name) => {
    expect(namesSecret(name)).toBe(false);
  });
});

describe('suggestions', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

  it('rest on a distance that is zero only for equals, symmetric, and bounded by the longer word', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });

  it('count one slip as one', () => {
    fc.assert(
      fc.property(word.filter((text) => text.length > 0), fc.nat(), (text, seed) => {
        const at = seed % text.length;
        expect(editDistance(text, text.slice(0, at) + text.slice(at + 1))).toBe(1);
        expect(editDistance(text, `${text.slice(0, at)}z${text.slice(at)}`)).toBe(1);
        expect(editDistance(text, `${text.slice(0, at)}z${text.slice(at + 1)}`)).toBe(1);
      }),
    );
    expect(editDistance('histroy', 'history')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });

  it('are made for slips, not for other words', () => {
    expect(suggest('histroy', ['history', 'source'])).toBe('history');
    expect(suggest('banana', ['history', 'source'])).toBeNull();
    expect(suggest('x', [])).toBeNull();
  });
});
