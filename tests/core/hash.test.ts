import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson, hashFile, hashJson, sha256 } from '../../src/core/hash.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'swinglab-hash-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('sha256', () => {
  it('gives the values of FIPS 180-4', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('a'.repeat(1_000_000))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
  });

  it('reads text as UTF-8 and bytes as they are', () => {
    expect(sha256('Zürich')).toBe(sha256(new TextEncoder().encode('Zürich')));
  });
});

describe('hashFile', () => {
  it('equals the hash of the content, larger than one piece', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251);
    const path = join(folder, 'bytes.bin');
    writeFileSync(path, bytes);
    expect(await hashFile(path)).toBe(sha256(bytes));
  });

  it('names a file that cannot be read', async () => {
    const path = join(folder, 'missing.parquet');
    await expect(hashFile(path)).rejects.toMatchObject({ name: 'DataError', code: 'UNREADABLE_FILE', message: expect.stringContaining(path) });
  });

  it('stops when aborted', async () => {
    const path = join(folder, 'aborted.bin');
    writeFileSync(path, 'x');
    const reason = new Error('enough');
    await expect(hashFile(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('canonicalJson', () => {
  it('sorts keys at every depth and leaves out undefined fields', () => {
    expect(canonicalJson({ b: [{ y: 1, x: null }], a: 'é"', c: undefined, B: true })).toBe('{"B":true,"a":"é\\"","b":[{"x":null,"y":1}]}');
    expect(canonicalJson([])).toBe('[]');
    expect(canonicalJson(-0)).toBe('0');
    expect(canonicalJson(Object.assign(Object.create(null) as object, { a: 1 }))).toBe('{"a":1}');
  });

  it('reads back as the same value, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
        expect(canonicalJson(reversed(plain))).toBe(canonicalJson(plain));
      }),
    );
  });

  it.each([
    ['NaN', { risk: { limits: [0, NaN] } }, '$.risk.limits[1]'],
    ['Infinity', [Infinity], '$[0]'],
    ['undefined', { a: [1, undefined] }, '$.a[1]'],
    ['undefined', undefined, '$'],
    ['a function', { a: () => 1 }, '$.a'],
    ['an object of class Date', { at: new Date(0) }, '$.at'],
    ['an object of class Map', new Map(), '$'],
    ['an object of class Float64Array', { x: new Float64Array(1) }, '$.x'],
    ['5', { big: 5n }, '$.big'],
  ])('rejects %s and names its path', (found, value, path) => {
    expect(() => canonicalJson(value)).toThrow(`expected a value that JSON can hold, found ${found} at ${path}`);
  });

  it('rejects holes and cycles, but not the same object twice', () => {
     
    expect(() => canonicalJson([1, , 2])).toThrow('$[1]');
    const loop: { self?: unknown } = {};
    loop.self = [loop];
    expect(() => canonicalJson(loop)).toThrow('contains it at $.self[0]');
    const shared = { a: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });
});

describe('hashJson', () => {
  it('is the hash of the canonical text', () => {
    expect(hashJson({ b: 1, a: 2 })).toBe(sha256('{"a":2,"b":1}'));
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]));
}
