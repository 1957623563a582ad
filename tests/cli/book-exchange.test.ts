import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { hashFile } from '../../src/core/hash.js';
import { fileLiteral, withDuckDB } from '../../src/data/store/duckdb.js';
import { manifestOf, openProjects, run, shown, succeed, type BookProjects } from './book-project.js';

let adjusted: BookProjects;
let raw: BookProjects;

/** After two evenings that bought and keep a stop that follows the price. */
let held: string;

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  [adjusted, raw] = [await openProjects(), await openProjects({ raw: true })];
  held = await adjusted.project(adjusted.bare, {});
  const config = join(held, 'config.yaml');
  await writeFile(config, (await readFile(config, 'utf8')).replace('keepWithin: 10', 'keepWithin: 10, trailingRanges: 2'));
  for (const session of ['2018-01-22', '2018-01-23', '2018-01-24']) await succeed(held, '-q', 'daily', '--as-of', session);
  vi.restoreAllMocks();
});
afterAll(() => Promise.all([adjusted.remove(), raw.remove()]));

/** Of each recommendation of an evening, how long it says the position was held. */
async function sessionsTold(cwd: string, asOf: string): Promise<Map<string, number>> {
  const document = JSON.parse(await succeed(cwd, '-q', 'daily', '--json', '--as-of', asOf));
  return new Map(document.recommendations.flatMap(({ symbol, reasons }: any) => reasons.filter(({ code }: any) => code === 'held').map(({ values }: any) => [symbol, values.sessions])));
}

describe('sessions held', () => {
  it('are the same in the document and in book show', async () => {
    const cwd = await adjusted.project(held, {});
    const told = await sessionsTold(cwd, '2018-01-25');
    const { positions } = await shown(cwd);
    expect(positions.length).toBeGreaterThan(0);
    expect(new Map(positions.map(({ symbol, sessions }: any) => [symbol, sessions]))).toEqual(new Map([...told].filter(([symbol]) => positions.some((one: any) => one.symbol === symbol))));
  });

  it('of an import without dates are on its first evening those of a fill at the next open', async () => {
    const bought = await sessionsTold(await adjusted.project(adjusted.booked, {}), '2018-01-23');
    const cwd = await adjusted.project(adjusted.booked, { 'a.csv': 'symbol,shares\nKO,30\nCASH,1000\n' });
    await succeed(cwd, 'book', 'import', 'a.csv');
    const imported = await sessionsTold(cwd, '2018-01-23');
    expect([...bought.values()]).toContain(1);
    expect(imported.get('KO')).toBe(1);
  });
});

describe('account files of our own', () => {
  it('are written by book show so that import keeps every position as it is', async () => {
    const cwd = await adjusted.project(held, {});
    const before = await shown(cwd);
    expect(before.positions.some(({ trailing }: any) => trailing !== null)).toBe(true);
    const written = await run(cwd, 'book', 'show', '--csv', 'book.csv', '--json');
    expect(written).toMatchObject({ code: 0, stderr: 'written: "book.csv", which swing book import and reconcile read\n' });
    const dry = JSON.parse(await succeed(cwd, 'book', 'import', 'book.csv', '--dry-run', '--json'));
    expect(dry).toMatchObject({ session: before.session, dryRun: true, cash: before.cash, ignoredColumns: [], droppedOrders: before.orders.map(({ side, shares, symbol }: any) => ({ side, shares, symbol })) });
    expect(dry.positions.map(({ assumed }: any) => assumed)).toEqual(before.positions.map(() => []));
    expect(await run(cwd, 'book', 'reconcile', 'book.csv')).toMatchObject({ code: 0, stdout: `The account and the book after ${before.session} are the same\n` });
    await succeed(cwd, 'book', 'import', 'book.csv');
    const after = await shown(cwd);
    expect(after.positions).toEqual(before.positions);
    expect(after.cash).toBe(before.cash);
    await succeed(cwd, 'book', 'show', '--csv', 'again.csv');
    expect(await readFile(join(cwd, 'again.csv'), 'utf8')).toBe(await readFile(join(cwd, 'book.csv'), 'utf8'));
  });

  it("are also the evening's positions, of which unread columns are named", async () => {
    const cwd = await adjusted.project(held, {});
    const { positions, cash } = await shown(cwd);
    const csv = (await succeed(cwd, '-q', 'daily', '--as-of', '2018-01-24')).match(/^csv: +(.*)$/m)![1].replace('recommendations.csv', 'positions.csv');
    const compared = await run(cwd, 'book', 'reconcile', csv, '--cash', String(cash));
    expect(compared).toMatchObject({ code: 0, stdout: 'The account and the book after 2018-01-24 are the same\n' });
    expect(compared.stderr).toMatch(/^not read: the columns .*sector, close_price, value_money/);
    const dry = JSON.parse(await succeed(cwd, 'book', 'import', csv, '--cash', String(cash), '--dry-run', '--json'));
    expect(dry.ignoredColumns).toContain('sector');
    expect(dry.positions).toEqual(positions.map(({ symbol, shares, entrySession, entryPrice, stop }: any) => expect.objectContaining({ symbol, shares, entrySession, entryPrice: expect.closeTo(entryPrice, 3), stop: expect.closeTo(stop, 1) })));
  });
});

describe('account files of brokers', () => {
  it.each([
    ['commas', 'Symbol,Description,Quantity,"Cost Basis Per Share",Sector\nAAPL,"Apple, Inc.","1,200","1,170.50",Tech\nBRK.B,,1,,\nCASH,,"50,000.25",,\n'],
    ['semicolons', 'Ticker;Qty;Description;Average Cost\nAAPL;1200;Apple, Inc.;1170.50\nCASH;50000.25;;\n'],
    ['tabs', 'TICKER\tShares\tDescription\tEntry-Price\nAAPL\t1200\t"Apple\t"\t1170.5\nCASH\t50000.25\t\t\n'],
  ])('are read with %s', async (_, text) => {
    const cwd = await adjusted.project(adjusted.booked, { 'a.csv': text.replace('BRK.B,,1,,\n', '') });
    const ended = await run(cwd, 'book', 'import', 'a.csv', '--dry-run', '--json');
    expect(ended.stderr).toMatch(/^not read: the columns? Description/);
    expect(JSON.parse(ended.stdout)).toMatchObject({ cash: 50000.25, positions: [{ symbol: 'AAPL', shares: 1200, entryPrice: 1170.5, entrySession: '2018-01-23' }] });
  });
});

describe('remarks on an import', () => {
  it('name what would be sold at once, on a dry run and in JSON too, and the first evening does sell it', async () => {
    const cwd = await adjusted.project(adjusted.booked, { 'a.csv': 'symbol,shares,entry_date,stop,target,horizon\nAAPL,10,,900,950,\nKO,10,,,,\nXOM,10,2018-01-02,,,3\nCASH,1000,,,,\n' });
    expect((await run(cwd, 'book', 'import', 'a.csv', '--dry-run')).stdout).toMatch(/^ {2}AAPL: beware, the stop of 900.00 is not below the last close of 177.00: it would be sold at the open of 2018-01-23 /m);
    const { positions } = JSON.parse(await succeed(cwd, 'book', 'import', 'a.csv', '--json'));
    expect(positions.map(({ symbol, remarks }: any) => [symbol, remarks.length])).toEqual([['AAPL', 1], ['KO', 0], ['XOM', 1]]);
    const { portfolio: { fills }, recommendations } = JSON.parse(await succeed(cwd, '-q', 'daily', '--json', '--as-of', '2018-01-23'));
    expect(fills.map(({ symbol, side }: any) => [symbol, side])).toEqual([['AAPL', 'sell']]);
    expect(recommendations.filter(({ action }: any) => action === 'exit').map(({ symbol }: any) => symbol)).toContain('XOM');
  });
});

describe('corporate actions before an import', () => {
  it('are in the account already, however long ago it was bought', async () => {
    const cwd = await raw.project(raw.booked, { 'a.csv': 'symbol,shares,entry_date,stop,target,horizon\nMSFT,20,2018-01-17,1,900,30\nCASH,1000,,,,\n' });
    await succeed(cwd, '-q', 'daily', '--as-of', '2018-01-25');
    await succeed(cwd, 'book', 'import', 'a.csv');
    await succeed(cwd, '-q', 'daily', '--as-of', '2018-01-26');
    const { cash, positions } = await shown(cwd);
    expect({ cash, shares: positions.find(({ symbol }: any) => symbol === 'MSFT').shares }).toEqual({ cash: 1000, shares: 20 });
  });
});

describe('a store of an earlier version', () => {
  it.each([['book', 'show'], ['-q', 'daily', '--as-of', '2018-01-25'], ['book', 'import', 'a.csv']])('is refused with what to do by swing %s %s', async (...argv) => {
    const cwd = await adjusted.project(held, { 'a.csv': 'symbol,shares\nCASH,1\n' });
    const manifest = JSON.parse(await manifestOf(cwd));
    const [partition] = manifest.datasets.paper_positions.partitions;
    const file = join(cwd, 'store', partition.path);
    await withDuckDB(async (connection) => {
      await connection.run(`create temp table old as select * exclude (trail) from read_parquet(${fileLiteral(file)})`);
      await connection.run(`copy old to ${fileLiteral(file)} (format parquet)`);
    });
    partition.sha256 = await hashFile(file);
    await writeFile(join(cwd, 'store', 'manifest.json'), JSON.stringify(manifest));
    const { code, stdout, stderr } = await run(cwd, ...argv);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/expected the column "trail" in "paper_positions" of the store ".*", found none: an earlier version of swinglab kept this record without it; move the store away/);
    expect(stderr).not.toContain('Binder');
  });
});
