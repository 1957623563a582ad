import { describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { evening } from './evening.js';
import { complaints, SCHEMA, type JsonSchema } from './schema.js';

const finding = { rule: 'zero-volume', symbol: 'S00', session: isoDate('2016-01-04'), end: isoDate('2016-01-04'), knownAt: isoDate('2016-01-04'), detail: 'expected trading, found none', policy: 'keep', value: 1 } as const;
const document = (await evening({ findings: [finding] })).document;

/** A copy with the value at a path changed; `undefined` removes it. */
function with_(path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(document) as unknown as Record<string | number, any>;
  const parent = path.slice(0, -1).reduce<Record<string | number, any>>((at, key) => at[key], copy);
  if (value === undefined) delete parent[path.at(-1)!];
  else parent[path.at(-1)!] = value;
  return copy;
}

/** Every place of the schema that describes an object with named properties, or one of them. */
function* places(node: unknown, path = '#'): Generator<{ path: string; node: JsonSchema }> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield { path, node: node as JsonSchema };
  for (const [key, value] of Object.entries(node)) yield* places(value, `${path}/${key}`);
}

const isCondition = (path: string): boolean => /\/(if|then|else)(\/|$)/.test(path);

describe('the published schema', () => {
  it('accepts the document of an evening', () => {
    expect(complaints(document)).toEqual([]);
    expect(document.recommendations.length).toBeGreaterThan(0);
    expect(document.quality.length).toBeGreaterThan(0);
    expect(document.leftOut.length).toBeGreaterThan(0);
  });

  it('describes every property and refuses unknown ones everywhere', () => {
    let properties = 0;
    for (const { path, node } of places(SCHEMA)) {
      if (isCondition(path)) continue;
      if (node['type'] === 'object') expect(node, path).toHaveProperty('additionalProperties');
      if (!/\/(properties|\$defs|items)(\/[^/]+)?$/.test(path) || /\/(properties|\$defs)$/.test(path)) continue;
      const described = typeof node['description'] === 'string' || typeof node['$ref'] === 'string';
      expect(described, path).toBe(true);
      properties++;
    }
    expect(properties).toBeGreaterThan(60);
  });

  it('requires every property that it names', () => {
    for (const { path, node } of places(SCHEMA)) {
      if (isCondition(path) || node['properties'] === undefined || path.endsWith('/properties')) continue;
      expect([...(node['required'] as string[])].sort(), path).toEqual(Object.keys(node['properties'] as object).sort());
    }
  });

  it('refuses the document without any one of its properties', () => {
    for (const name of Object.keys(document)) expect(complaints(with_([name], undefined)), name).not.toEqual([]);
    for (const name of Object.keys(document.recommendations[0])) expect(complaints(with_(['recommendations', 0, name], undefined)), name).not.toEqual([]);
    for (const name of Object.keys(document.portfolio)) expect(complaints(with_(['portfolio', name], undefined)), name).not.toEqual([]);
  });

  it.each<[string, (string | number)[], unknown]>([
    ['a version it does not know', ['schemaVersion'], 1],
    ['a date of another form', ['asOf'], '07.02.2018'],
    ['an unknown property', ['generatedAt'], '2018-02-07T23:30:00Z'],
    ['an unknown property of a recommendation', ['recommendations', 0, 'quantity'], 1],
    ['an unknown action', ['recommendations', 0, 'action'], 'buy'],
    ['a short side', ['recommendations', 0, 'side'], 'short'],
    ['half a share', ['recommendations', 0, 'shares'], 1.5],
    ['a negative weight', ['recommendations', 0, 'weight'], -0.1],
    ['a missing price', ['recommendations', 0, 'entry'], null],
    ['an interval of one end', ['recommendations', 0, 'interval'], [0.1]],
    ['an expected return without an interval', ['recommendations', 0, 'interval'], null],
    ['no reasons', ['recommendations', 0, 'reasons'], []],
    ['a number in a reason that is none', ['recommendations', 0, 'reasons', 0, 'values', 'return'], null],
    ['an exit with a weight', ['recommendations', 0, 'action'], 'exit'],
    ['negative cash', ['portfolio', 'cash'], -0.01],
    ['a hash that is none', ['provenance', 'dataHash'], 'abc'],
    ['no caveats', ['caveats'], []],
    ['an unknown policy', ['quality', 0, 'policy'], 'delete'],
  ])('refuses %s', (_, path, value) => {
    expect(complaints(with_(path, value))).not.toEqual([]);
  });
});
