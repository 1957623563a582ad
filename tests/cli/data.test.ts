import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fileLiteral, rows, withDuckDB } from '../../src/data/store/duckdb.js';
import { rowsStamped } from '../data/option-chains/rows-stamped.js';
import { eveningOf, SYMBOLS, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { swing, type Ended } from './run.js';

const commands = [() => import('../../src/cli/commands/data.js'), () => import('../../src/cli/commands/ingest.js')];
const run = (cwd: string, ...argv: string[]): Promise<Ended> => swing(argv, { cwd, commands, clock: eveningOf(TODAY) });
const parsed = <T>({ stdout }: Ended): T => JSON.parse(stdout) as T;

let place: Awaited<ReturnType<typeof temporaryFolder>>;
/** A project whose store holds the small market. */
let filled: string;
let projects = 0;
let count: number;

beforeAll(async () => {
  place = await temporaryFolder();
  filled = join(place.folder, 'filled');
  await writeSmallMarket(join(filled, 'bars'));
  await writeFile(join(filled, 'config.yaml'), 'data: { source: files, folder: bars }\n');
  const { datasets } = parsed<{ datasets: { dataset: string; rows: number }[] }>(await run(filled, 'data', 'import', 'bars', '--json'));
  count = datasets.find(({ dataset }) => dataset === 'bars')!.rows;
});
afterAll(() => place.remove());

/** A project of its own with files to import; its store empty, or filled. */
async function project(options: { withData?: boolean; files?: Readonly<Record<string, string>> } = {}): Promise<string> {
  const folder = join(place.folder, `project-${++projects}`);
  await cp(filled, folder, { recursive: true });
  if (!options.withData) await rm(join(folder, 'store'), { recursive: true });
  for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(folder, name), text);
  return folder;
}

const BARS = 'date,ticker,open,high,low,close,adj_close,volume\n2018-01-02,AAA,10,11,9,10.5,10.4,1000\n2018-01-03,AAA,10.5,11,10,10.8,10.8,1200\n';
const MEMBERS = 'symbol,start_date,end_date\nAAA,2017-01-03,\n';

describe('swing data import', () => {
  it('tells what came in', async () => {
    const cwd = await project({ files: { 'b.csv': BARS, 'm.csv': MEMBERS } });
    const { code, stdout, stderr } = await run(cwd, 'data', 'import', 'b.csv', 'm.csv');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toEqual(['bars: 2 rows read, 2 in the store, 2018-01-02 to 2018-01-03, prices split-adjusted', expect.stringMatching(/^membership: 1 rows read, 1 in the store/)]);
  });

  it.each([[['bars=b.csv', 'membership=m.csv']], [['b.csv', '--membership', 'm.csv']]])('takes files by name as well: %j', async (files) => {
    const cwd = await project({ files: { 'b.csv': BARS, 'm.csv': MEMBERS } });
    const report = parsed<{ storeVersion: number; datasets: { dataset: string; delivered: number }[] }>(await run(cwd, 'data', 'import', '--json', ...files));
    expect(report.storeVersion).toBe(1);
    expect(report.datasets.map(({ dataset, delivered }) => [dataset, delivered])).toEqual([['bars', 2], ['membership', 1]]);
  });

  it('merges rows of the same key, or replaces the whole, as told', async () => {
    const cwd = await project({ files: { 'b.csv': BARS, 'more.csv': 'date,ticker,open,high,low,close,adj_close,volume\n2018-01-03,AAA,1,1,1,1,1,1\n2018-01-04,AAA,1,1,1,1,1,1\n' } });
    const rowsIn = async (...flags: string[]): Promise<number> => parsed<{ datasets: { rows: number }[] }>(await run(cwd, 'data', 'import', '--json', ...flags)).datasets[0].rows;
    expect(await rowsIn('b.csv')).toBe(2);
    expect(await rowsIn('more.csv')).toBe(3);
    expect(await rowsIn('more.csv', '--mode', 'replace')).toBe(2);
  });

  it('refuses everything when one row does not fit, or sets it aside when told to', async () => {
    const cwd = await project({ files: { 'b.csv': `${BARS}2018-01-04,AAA,-1,11,9,10,10,1000\n` } });
    const refused = await run(cwd, 'data', 'import', 'b.csv');
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 3, stdout: '' });
    expect(refused.stderr).toContain('first: symbol=AAA session=2018-01-04');
    expect(parsed<{ version: number }>(await run(cwd, 'data', 'status', '--json')).version).toBe(0);
    const aside = await run(cwd, 'data', 'import', 'b.csv', '--set-aside');
    expect(aside.code).toBe(0);
    expect(aside.stdout).toMatch(/3 rows read, 2 in the store.*\n {2}set aside 1: expected .*\n {2}rows set aside are in quarantine\//);
  });

  it.each<[string[], number, string]>([
    [[], 2, 'expected files to import, found none'],
    [['nowhere.csv'], 3, 'nowhere.csv'],
    [['prices=b.csv'], 2, 'found "prices" in "prices=b.csv"'],
    [['b.csv', 'bars=b.csv'], 2, 'expected one file a dataset'],
    [['notes.csv'], 3, 'expected the columns of one of'],
    [['b.csv', '--mode', 'add'], 2, 'merge, replace'],
  ])('with %j ends with another code than 0 and says why', async (argv, code, message) => {
    const cwd = await project({ files: { 'b.csv': BARS, 'notes.csv': 'a,b\n1,2\n' } });
    const ended = await run(cwd, 'data', 'import', ...argv);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(message);
  });
});

describe('swing data status', () => {
  it('says that an empty store is empty and what to do', async () => {
    const { code, stdout } = await run(await project(), 'data', 'status');
    expect(code).toBe(0);
    expect(stdout).toContain('it holds nothing yet; import with: swing data import <files>, or run: swing daily');
  });

  it('lists what is there, with source and licence', async () => {
    const cwd = await project({ withData: true });
    const { stdout } = await run(cwd, 'data', 'status');
    const [place_, header, ...lines] = stdout.trimEnd().split('\n');
    expect(place_).toBe(`store ${join(cwd, 'store')}, version 1`);
    expect(header).toMatch(/^dataset +rows +first +last +provider +licence +source$/);
    expect(lines.map((line) => line.split(/ +/)[0])).toEqual(['bars', 'membership', 'reference', 'symbol_history']);
    expect(lines[0]).toMatch(new RegExp(`^bars +${count.toLocaleString('en-US')} +2016-06-01 +2018-02-07 +small +see data/sample`));
  });

  it('gives one JSON document', async () => {
    const { datasets } = parsed<{ datasets: Record<string, { rows: number; partitions: number; priceBasis?: string }> }>(await run(await project({ withData: true }), 'data', 'status', '--json'));
    expect(datasets['bars']).toMatchObject({ rows: count, partitions: 3, priceBasis: 'split-adjusted' });
  });
});

describe('swing data check', () => {
  interface Report {
    readonly asOf: string;
    readonly instruments: number;
    readonly summary: readonly { rule: string }[];
    readonly findings: readonly { symbol: string; session: string; knownAt: string; policy: string }[];
  }

  it('verifies the files and reports what the rules find', async () => {
    const cwd = await project({ withData: true });
    const { code, stdout } = await run(cwd, 'data', 'check');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^every file is what the manifest says\n\d+ findings in bars\nrule +policy +count +latest\n/);
    expect(stdout).toMatch(/^level-shift +mask +\d+ /m);
  });

  it('gives every finding as JSON, only those of a time and of instruments when asked', async () => {
    const cwd = await project({ withData: true });
    const all = parsed<Report>(await run(cwd, 'data', 'check', '--json'));
    expect(all).toMatchObject({ asOf: '2018-02-07', instruments: SYMBOLS.length });
    const early = parsed<Report>(await run(cwd, 'data', 'check', '--json', '--as-of', '2017-06-30'));
    expect(early.findings).toEqual(all.findings.filter(({ knownAt }) => knownAt <= '2017-06-30'));
    const two = parsed<Report>(await run(cwd, 'data', 'check', '--json', '--symbols', 'XRX, HPE'));
    expect(new Set(two.findings.map(({ symbol }) => symbol))).toEqual(new Set(['XRX', 'HPE']));
  });

  it('ends with 7 on strict findings and with 0 where there are none', async () => {
    const cwd = await project({ withData: true });
    expect((await run(cwd, 'data', 'check', '--strict')).code).toBe(7);
    expect((await run(cwd, 'data', 'check', '--strict', '--symbols', 'KO')).code).toBe(0);
  });

  it('warns of open interest that looks ahead, which only an import that says so brings in, and ends with 7 where it is strict', async () => {
    const chains = (lag: number): string => ['date,underlying,expiration,strike,cp,volume,open_interest', ...rowsStamped(lag).map((row) => [row['session'], row['underlying'], row['expiry'], row['strike'], 'C', row['volume'], row['open_interest']].join(','))].join('\n');
    const cwd = await project({ withData: true, files: { 'early.csv': chains(0), 'right.csv': chains(1) } });
    const refused = await run(cwd, 'data', 'import', 'early.csv');
    expect(refused).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('keep it as it is with --keep-early-stamps') as string });
    expect((await run(cwd, 'data', 'import', 'early.csv', '--keep-early-stamps')).stdout).toContain('  open-interest-stamped-early: 298 (keep), such as from 2018-01-02 to 2018-01-03');
    expect(await run(cwd, 'data', 'check', '--symbols', 'KO')).toMatchObject({ code: 0, stderr: expect.stringContaining('warning: open interest in the store was settled on the day of its stamp') as string });
    expect((await run(cwd, 'data', 'check', '--strict', '--symbols', 'KO')).code).toBe(7);
    await run(cwd, 'data', 'import', 'right.csv', '--mode', 'replace');
    expect(await run(cwd, 'data', 'check', '--strict', '--symbols', 'KO')).toMatchObject({ code: 0, stderr: '' });
  });

  it('names a file that was changed behind the back of the store', async () => {
    const cwd = await project({ withData: true });
    const { datasets } = JSON.parse(await readFile(join(cwd, 'store', 'manifest.json'), 'utf8')) as { datasets: Record<string, { partitions: { path: string }[] }> };
    const [{ path }] = datasets['membership'].partitions;
    await writeFile(join(cwd, 'store', path), 'not what it was');
    const { code, stderr } = await run(cwd, 'data', 'check');
    expect(code).toBe(3);
    expect(stderr).toContain(path);
  });

  it.each<[string[], number, string]>([
    [['--symbols', 'NOSUCH'], 3, '"NOSUCH"'],
    [['--symbols', ','], 2, 'expected instruments separated by commas'],
    [['--as-of', 'soon'], 2, 'expected an existing date'],
  ])('with %j ends with another code than 0 and says why', async (argv, code, message) => {
    const ended = await run(await project({ withData: true }), 'data', 'check', ...argv);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(message);
  });

  it('says what to do when there is nothing to check', async () => {
    const ended = await run(await project(), 'data', 'check');
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('import it with: swing data import bars=<file>');
  });
});

describe('swing data export', () => {
  it.each(['parquet', 'csv'])('writes a dataset as %s, which comes back the same', async (kind) => {
    const cwd = await project({ withData: true });
    const { code, stdout } = await run(cwd, 'data', 'export', 'bars', `out/bars.${kind}`);
    expect(code).toBe(0);
    expect(stdout).toBe(`${count.toLocaleString('en-US')} rows of bars in ${join(cwd, 'out', `bars.${kind}`)}\n`);
    const back = await project();
    await run(back, 'data', 'import', `bars=${join(cwd, 'out', `bars.${kind}`)}`, '--price-basis', 'split-adjusted');
    const content = async (folder: string): Promise<string> => parsed<{ datasets: Record<string, { contentHash: string }> }>(await run(folder, 'data', 'status', '--json')).datasets['bars'].contentHash;
    expect(await content(back)).toBe(await content(cwd));
  });

  it('leaves a file alone that is there, until told otherwise', async () => {
    const cwd = await project({ withData: true, files: { 'm.csv': 'mine' } });
    const refused = await run(cwd, 'data', 'export', 'membership', 'm.csv');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('overwrite it with --force');
    expect(await readFile(join(cwd, 'm.csv'), 'utf8')).toBe('mine');
    expect((await run(cwd, 'data', 'export', 'membership', 'm.csv', '--force')).code).toBe(0);
    const written = await withDuckDB((connection) => rows(connection, `select count(*)::int as n from read_csv(${fileLiteral(join(cwd, 'm.csv'))})`));
    expect(written).toEqual([{ n: SYMBOLS.length }]);
  });

  it.each<[string[], number, string]>([
    [['bars', 'bars.xlsx'], 2, 'expected a file that ends in .parquet or .csv'],
    [['prices', 'p.csv'], 2, 'found "prices"'],
    [['news', 'n.csv'], 3, 'expected the dataset "news" in the store'],
    [['bars'], 2, "missing required argument 'file'"],
  ])('with %j ends with another code than 0 and says why', async (argv, code, message) => {
    const cwd = await project({ withData: true });
    const ended = await run(cwd, 'data', 'export', ...argv);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(message);
  });
});

describe('swing ingest', () => {
  it('brings in what the configuration names, once', async () => {
    const cwd = await project();
    expect(parsed(await run(cwd, 'ingest', '--json'))).toEqual({ imported: 'small', rows: count + 2 * SYMBOLS.length + 1, storeVersion: 1 });
    expect(parsed(await run(cwd, 'ingest', '--json'))).toEqual({ imported: null, rows: 0, storeVersion: 1 });
    expect((await run(cwd, 'ingest')).stdout).toBe('the store is up to date\n');
  });

  it('says in words what came in', async () => {
    expect((await run(await project(), 'ingest')).stdout).toBe(`brought in ${(count + 2 * SYMBOLS.length + 1).toLocaleString('en-US')} rows of "small"\n`);
  });

  it('ends with 3 when the files are not there', async () => {
    const ended = await run(await project(), 'ingest', '--set', 'data.folder=nowhere');
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 3, stdout: '' });
  });
});
