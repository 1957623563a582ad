import { Linter } from 'eslint';
import { matchesGlob } from 'node:path';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import bans from '../../config/tools/bans.cjs';
import house from '../../config/tools/house.cjs';

const linter = new Linter();

/** Messages of the bans that hold for `file`, as ESLint applies them: the last matching area counts. */
function complaints(file: string, code: string): string[] {
  const area = bans.areas.findLast(({ files }) => files.some((glob) => matchesGlob(file, glob)));
  if (!area) return [];
  const found = linter.verify(code, [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, rules: { 'no-restricted-syntax': ['error', ...area.selectors] } }], { filename: file });
  return found.map(({ message }) => message);
}

const ambient = ['Math.random()', 'Date.now()', 'new Date()', 'Date()', 'process.env.HOME', 'crypto.randomUUID()', "fetch('x')", 'globalThis.fetch'];

describe('bans that ESLint applies to src', () => {
  it.each(house.calculations)('keep clock, chance, environment and network out of %s', (name) => {
    for (const expression of ambient) {
      expect(complaints(`src/${name}/sub/file.ts`, `export const x = ${expression};`), expression).not.toEqual([]);
    }
    expect(complaints(`src/${name}/file.ts`, 'export const x = process.cwd();')).not.toEqual([]);
    expect(complaints(`src/${name}/file.ts`, 'export const x = performance.now();')).not.toEqual([]);
  });

  it.each(['core', 'tensor', 'training', 'models', 'twins', 'rl'])('keep clock, chance, environment and network out of %s', (name) => {
    for (const expression of ambient) {
      expect(complaints(`src/${name}/file.ts`, `export const x = ${expression};`), expression).not.toEqual([]);
    }
  });

  it('see the network behind its modules', () => {
    for (const source of ['node:http', 'node:https', 'http', 'node:net', 'node:tls']) {
      expect(complaints('src/models/file.ts', `import { x } from '${source}'; export const y = x;`), source).not.toEqual([]);
      expect(complaints('src/math/file.ts', `import { x } from '${source}'; export const y = x;`), source).not.toEqual([]);
    }
  });

  it('let data, tracking and the fetching of native libraries use the network, not the clock', () => {
    for (const name of ['data', 'tracking', 'models/ranker/library']) {
      expect(complaints(`src/${name}/client.ts`, "export const x = fetch('x');")).toEqual([]);
      expect(complaints(`src/${name}/client.ts`, "import { get } from 'node:https'; export const x = get;")).toEqual([]);
      expect(complaints(`src/${name}/client.ts`, 'export const x = Date.now();')).not.toEqual([]);
      expect(complaints(`src/${name}/client.ts`, 'export const x = process.env.HOME;')).not.toEqual([]);
    }
    expect(complaints('src/models/ranker/file.ts', "export const x = fetch('x');")).not.toEqual([]);
  });

  it('let only core/clock.ts ask for the time', () => {
    expect(complaints('src/core/clock.ts', 'export const x = Date.now();')).toEqual([]);
    expect(complaints('src/core/events.ts', 'export const x = Date.now();')).not.toEqual([]);
  });

  it('leave calculations on a given date alone', () => {
    expect(complaints('src/math/file.ts', 'export const x = (stamp: number) => new Date(stamp).getUTCDay();')).toEqual([]);
  });

  it.each([...house.layers.flat()])('forbid default exports in %s', (name) => {
    expect(complaints(`src/${name}/file.ts`, 'export default function f() {}')).toEqual(['Named exports only.']);
    expect(complaints(`src/${name}/file.ts`, 'const f = 1; export { f as default };')).toEqual(['Named exports only.']);
  });
});
