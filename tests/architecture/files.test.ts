import { readFile, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

const MAX_LINES = 400;
/** Names that say nothing about what is inside; whole words of a file's or folder's name. */
const EMPTY_NAMES = ['util', 'utils', 'helper', 'helpers', 'manager', 'managers', 'handler', 'processor', 'misc', 'stuff', 'final', 'v2'];
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is wrong with a path below `src`, given with forward slashes; empty when nothing is. */
function nameFaults(path: string): string[] {
  const parts = path.split('/').map((part) => part.replace(/\.ts$/, ''));
  const faults = parts.filter((part) => !KEBAB_CASE.test(part)).map((part) => `"${part}" is not kebab-case`);
  for (const word of parts.flatMap((part) => part.split('-'))) {
    if (EMPTY_NAMES.includes(word)) faults.push(`"${word}" says nothing`);
  }
  return faults;
}

/** Ways of having a default export, which ESLint forbids as well; here also for a file that is not linted. */
const DEFAULT_EXPORT = /^\s*export\s+default\b|\bas\s+default\b/m;

async function sourceFiles(): Promise<{ path: string; text: string }[]> {
  const entries = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path: path.slice(join(root, 'src').length + 1).split(sep).join('/'), text: await readFile(path, 'utf8') })));
}

const files = await sourceFiles();

describe('files of src', () => {
  it('exist', () => {
    expect(files.length).toBeGreaterThan(3);
  });

  it(`have at most ${MAX_LINES} lines`, () => {
    const tooLong = files.map(({ path, text }) => ({ path, lines: text.split('\n').length })).filter(({ lines, path }) => lines > MAX_LINES && path.endsWith('.ts'));
    expect(tooLong).toEqual([]);
  });

  it('are named after what they hold, in kebab-case', () => {
    const faulty = files.filter(({ path }) => path.endsWith('.ts')).map(({ path }) => ({ path, faults: nameFaults(path) }));
    expect(faulty.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });

  it('have no default export', () => {
    expect(files.filter(({ path, text }) => path.endsWith('.ts') && DEFAULT_EXPORT.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('leave no work behind', () => {
    const marks = /\b(TODO|FIXME|XXX|HACK)\b/;
    expect(files.filter(({ path, text }) => path.endsWith('.ts') && marks.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('import relative files by their .js ending', () => {
    const bare = /from '(\.{1,2}\/[^']+)(?<!\.js|\.json)';/;
    // AssemblyScript resolves its imports without endings
    const typescript = files.filter(({ path }) => path.endsWith('.ts') && !path.includes('/kernels/assembly/'));
    expect(typescript.filter(({ text }) => bare.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('the name rule', () => {
  it.each(['core/dates.ts', 'data/providers/files/provider.ts', 'options/implied-volatility.ts', 'indicators/rsi14.ts'])('accepts %s', (path) => {
    expect(nameFaults(path)).toEqual([]);
  });

  it.each(['core/utils.ts', 'core/date-helpers.ts', 'data/StoreManager.ts', 'data/store-manager.ts', 'helpers/a.ts', 'rl/ppo-v2.ts', 'core/camelCase.ts', 'core/snake_case.ts'])('rejects %s', (path) => {
    expect(nameFaults(path)).not.toEqual([]);
  });

  it.each(['export default 1;', 'export default class A {}', 'const a = 1;\nexport { a as default };'])('sees the default export of %j', (text) => {
    expect(DEFAULT_EXPORT.test(text)).toBe(true);
  });
});
