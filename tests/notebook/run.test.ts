import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const NOTEBOOKS = fileURLToPath(new URL('../../notebooks', import.meta.url));
const isInstalled = existsSync(join(NOTEBOOKS, 'node_modules/tslab'));
const chromium = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'].find((path) => path !== undefined && path !== '' && existsSync(path));
if (!isInstalled) console.warn('tests/notebook/run.test.ts skips: tslab is not installed; npm --prefix notebooks ci');
else if (chromium === undefined) console.warn('tests/notebook/run.test.ts skips the drawing of charts: no Chromium found; set CHROMIUM_PATH to its executable');

interface StoredOutput {
  readonly output_type: string;
  readonly text?: string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Notebook {
  readonly cells: readonly { readonly execution_count: number | null; readonly outputs: readonly StoredOutput[] }[];
}

const folder = mkdtempSync(join(tmpdir(), 'swinglab-notebooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;

function writeNotebook(...sources: readonly string[]): string {
  const file = join(folder, `notebook-${made++}.ipynb`);
  const cells = sources.map((source) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source }));
  writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }));
  return file;
}

function run(file: string, options: readonly string[] = [], variables: Readonly<Record<string, string>> = {}): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(NOTEBOOKS, 'run.cjs'), ...options, file], { encoding: 'utf8', env: { ...process.env, ...variables } });
  return { code: status, said: stdout + stderr };
}

const read = (file: string): Notebook => JSON.parse(readFileSync(file, 'utf8')) as Notebook;

/** A chart as `show` sends it, without the library, which no cell of a temporary folder could import. */
const SHOW_CHART = `require("${join(NOTEBOOKS, 'node_modules/tslab/dist/jupyter.js')}").lastWriteDisplayData({ data: { "application/vnd.plotly.v1+json": { data: [{ type: "bar", x: [1, 2], y: [3, 4] }], layout: { height: 300 } }, "text/html": "<div></div>", "text/plain": "[chart]" }, metadata: {}, transient: {} });`;

describe.skipIf(!isInstalled)('running notebooks', { timeout: 180_000 }, () => {
  it.each([
    ['an exception', 'throw new Error("planted")', 'Error: planted'],
    ['a type error', 'const x: number = "text";', "Type 'string' is not assignable to type 'number'"],
    ['a promise that fails later', 'Promise.reject(new Error("planted late")); 1', 'planted late'],
  ])('fails with the cell and the text of %s', (_, source, text) => {
    const { code, said } = run(writeNotebook('1 + 1', source));
    expect(code).toBe(1);
    expect(said).toContain(text);
    expect(said).toContain('0 passed, 1 failed');
  });

  it('ends a notebook that waits for ever', () => {
    const { code, said } = run(writeNotebook('await new Promise(() => {})'), ['--timeout', '8']);
    expect(code).toBe(1);
    expect(said).toContain('(limit 8 s)');
  });

  it('stores counts and outputs, the same bytes again, and then notices an output that is old', () => {
    const file = writeNotebook('const x = 41; console.log("x is", x)', 'x + 1');
    const before = readFileSync(file, 'utf8');
    expect(run(file).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(before);
    const storing = { CHROMIUM_PATH: process.execPath }; // nothing is drawn here
    expect(run(file, ['--store'], storing).code).toBe(0);
    const stored = readFileSync(file, 'utf8');
    expect(read(file).cells.map(({ execution_count, outputs }) => [execution_count, outputs[0].text])).toEqual([[1, ['x is 41\n']], [2, ['42\n']]]);
    expect(run(file, ['--store'], storing).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(stored);
    writeFileSync(file, stored.replace('x is 41\\n', 'x is 40\\n'));
    const { code, said } = run(file);
    expect(code).toBe(1);
    expect(said).toContain('found "x is 40" stored and "x is 41" given');
  });

  it('stores nothing that tells the machine', () => {
    const file = writeNotebook('console.log(require("node:os").tmpdir() + "/x")');
    const { code, said } = run(file, ['--store'], { CHROMIUM_PATH: process.execPath });
    expect(code).toBe(1);
    expect(said).toContain('the same on every machine');
    expect(read(file).cells[0].outputs).toEqual([]);
  });

  it('runs charts without Chromium, but does not store them', () => {
    const file = writeNotebook(SHOW_CHART);
    const none = { CHROMIUM_PATH: join(folder, 'no-chromium') };
    expect(run(file, [], none).code).toBe(0);
    const { code, said } = run(file, ['--store'], none);
    expect(code).toBe(1);
    expect(said).toContain('expected Chromium');
  });

  it.skipIf(chromium === undefined)('stores charts as pictures 900 pixels wide, without script', () => {
    const file = writeNotebook(SHOW_CHART);
    expect(run(file, ['--store'])).toMatchObject({ code: 0 });
    const { data } = read(file).cells[0].outputs[0];
    expect(Object.keys(data!)).toEqual(['image/png', 'text/plain']);
    const png = Buffer.from(String(data!['image/png']), 'base64');
    expect([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['PNG', 900, 300]);
  });
});
