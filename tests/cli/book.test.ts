import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { takeLock } from '../../src/data/store/lock.js';
import { Store } from '../../src/data/store/store.js';
import { readEveningHistory } from '../../src/lab/evening-history.js';
import { ACCOUNT, manifestOf, openProjects, run, shown, type BookProjects } from './book-project.js';

let projects: BookProjects;
let bare: string;
let booked: string;
const project: BookProjects['project'] = (...given) => projects.project(...given);

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  projects = await openProjects();
  ({ bare, booked } = projects);
  vi.restoreAllMocks();
});
afterAll(() => projects.remove());

describe('swing book show', () => {
  it('tells cash, waiting orders and nothing else on the first evening', async () => {
    const { code, stdout, stderr } = await run(booked, 'book', 'show');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Paper book after 2018-01-22: equity 100000.00, cash 100000.00, 0 positions\n\nNo positions\n\nOrders that wait for the open of 2018-01-23:\n {2}side +symbol +shares/);
    expect(stdout.match(/^ {2}buy /gm)!.length).toBeGreaterThan(0);
    expect(stdout).toContain('No fills, the last first');
  });

  it('values positions at the last closes, under the symbols of the day', async () => {
    const cwd = await project(bare);
    await run(cwd, 'book', 'import', 'account.csv', '--as-of', '2018-01-22');
    const { session, cash, equity, positions } = await shown(cwd);
    const [apple, facebook] = positions;
    expect({ session, cash }).toEqual({ session: '2018-01-22', cash: 50000.25 });
    expect(apple).toMatchObject({ symbol: 'AAPL', listedSymbol: 'AAPL', shares: 10, entrySession: '2018-01-18', sessions: 3, entryPrice: 170.5, cost: 1705, stop: 160, target: 190, horizon: 8 });
    expect(facebook).toMatchObject({ symbol: 'META', listedSymbol: 'FB', shares: 7, entrySession: '2018-01-23', sessions: 0, return: 0 });
    expect(apple.return).toBeCloseTo(apple.close / 170.5 - 1, 12);
    expect(equity).toBeCloseTo(50000.25 + 10 * apple.close + 7 * facebook.close, 6);
    expect(apple.weight).toBeCloseTo((10 * apple.close) / equity, 12);
  });

  it('shows an earlier book as it was, and says so where there is none', async () => {
    const cwd = await project(booked);
    await run(cwd, 'book', 'import', 'account.csv', '--as-of', '2018-01-23');
    expect((await shown(cwd)).session).toBe('2018-01-23');
    expect(await shown(cwd, '--as-of', '2018-01-22')).toEqual(await shown(booked));
    const none = await run(cwd, 'book', 'show', '--as-of', '2018-01-19');
    expect(none).toMatchObject({ code: 3, stdout: '' });
    expect(none.stderr).toContain('expected a paper book up to 2018-01-19');
  });
});

describe('swing book import', () => {
  it('puts the account in place of the book and says what it assumed and dropped', async () => {
    const cwd = await project(booked);
    const { code, stdout } = await run(cwd, 'book', 'import', 'account.csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The book stands after 2018-01-22 with 2 positions and 50000.25 of cash: equity \d+\.\d\d\n {2}AAPL: beware, the horizon of 8 sessions is longer than the strategy's 5\n {2}META: assumed paid the close of \d+\.\d\d, held from the open of 2018-01-23, stop \d+\.\d\d, target \d+\.\d\d, horizon of 5 sessions\nDropped \d waiting orders: buy /);
    const { orders, positions } = await shown(cwd);
    expect(orders).toEqual([]);
    const [, { close, stop, target }] = positions;
    expect(stop).toBeLessThan(close);
    expect((target - close) / (close - stop)).toBeCloseTo(5 / 3, 6); // ranges of the strategy
  });

  it('is what the next evening decides on, and what the same evening leaves alone', async () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const cwd = await project(booked);
    await run(cwd, 'book', 'import', 'account.csv');
    const before = await shown(cwd);
    expect((await run(cwd, '-q', 'daily', '--as-of', '2018-01-22')).code).toBe(0);
    expect(await shown(cwd)).toEqual(before);
    const next = await run(cwd, '-q', 'daily', '--json', '--as-of', '2018-01-23');
    const document = JSON.parse(next.stdout);
    expect(document.portfolio.fills).toEqual([]);
    expect(document.recommendations.map(({ symbol }: { symbol: string }) => symbol)).toEqual(expect.arrayContaining(['AAPL', 'META']));
  });

  it('counts what it brought in for no trade of the record', async () => {
    const cwd = await project(booked);
    await run(cwd, 'book', 'import', 'account.csv');
    const { evenings, replacements, previous } = await readEveningHistory(await Store.open(join(cwd, 'store')), isoDate('2018-01-23'));
    expect(evenings).toEqual(['2018-01-22']);
    expect(replacements).toEqual([{ session: '2018-01-22', positions: [{ symbol: 'AAPL', entrySession: '2018-01-18', cost: 170_500 }, { symbol: 'META', entrySession: '2018-01-23', cost: expect.any(Number) }] }]);
    expect(previous!.held).toEqual(['AAPL', 'META']);
  });

  it('stands before the next evening where there is no book yet, and is no evening itself', async () => {
    const cwd = await project(bare);
    const { stdout } = await run(cwd, 'book', 'import', 'account.csv');
    expect(stdout).toContain('The book stands after 2018-02-06 with 2 positions');
    expect((await readEveningHistory(await Store.open(join(cwd, 'store')), isoDate('2018-02-07'))).evenings).toEqual([]);
  });

  it('may go back behind the last evening by one, and tells to decide anew', async () => {
    const cwd = await project(booked);
    const { code, stdout } = await run(cwd, 'book', 'import', 'account.csv', '--as-of', '2018-01-19');
    expect(code).toBe(0);
    expect(stdout).toContain('decide on it anew with: swing daily --as-of 2018-01-22');
    const refused = await run(cwd, 'book', 'import', 'account.csv', '--as-of', '2018-01-18');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('expected a session from 2018-01-19 on');
  });

  it('keeps nothing on a dry run, and takes cash from the option', async () => {
    const cwd = await project(booked, { 'a.csv': 'SYMBOL,Shares\naapl,3\n' });
    const before = await manifestOf(cwd);
    const { code, stdout } = await run(cwd, 'book', 'import', 'a.csv', '--cash', '1234.5', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The book would stand after 2018-01-22 with 1 position and 1234.50 of cash/);
    expect(stdout).toMatch(/Nothing was kept\.\n$/);
    expect(await manifestOf(cwd)).toBe(before);
  });

  it('takes an account that holds only cash', async () => {
    const cwd = await project(booked, { 'a.csv': 'symbol,shares\nCASH,77\n' });
    expect((await run(cwd, 'book', 'import', 'a.csv')).stdout).toContain('with 0 positions and 77.00 of cash: equity 77.00');
    expect(await shown(cwd)).toMatchObject({ cash: 77, positions: [], orders: [] });
  });

  it('names every line that cannot be taken, and takes none', async () => {
    const lines = ['symbol,shares,entry_price,entry_date,stop,target,horizon', 'AAPL,1.5,,,,,', '', 'AMZN,-3,,,,,', 'NOSUCH,4,,,,,', 'KO,5,12,2018-02-30,,,', 'PG,6,,,9,8,', 'META,1,,,,,', 'FB,2,,,,,', '=1+1,3,,,,,', 'GE,1e3,,,,,', 'XOM,"1,00",,,,,', 'IBM,,,,,,', 'VZ,7,0,,,,11.5', 'CASH,1,5,,,,', 'JPM,8,,2018-01-20,,,'];
    const cwd = await project(booked, { 'a.csv': `\uFEFF${lines.join('\r\n')}` });
    const before = await manifestOf(cwd);
    const { code, stdout, stderr } = await run(cwd, 'book', 'import', 'a.csv');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).not.toMatch(/\n\s+at /);
    const told = stderr.split('\n').filter((line) => line.startsWith('  line '));
    expect(told).toEqual([
      expect.stringContaining('line 2: expected a whole number of 1 to 1000000000 in shares, found "1.5"'),
      expect.stringContaining('line 4: expected a whole number of 1 to 1000000000 in shares, found "-3"'),
      expect.stringContaining('line 5: expected an instrument with bars up to 2018-01-22 in the store, found NOSUCH'),
      expect.stringContaining('line 6: expected an existing date as yyyy-mm-dd in entry_date, found "2018-02-30"'),
      expect.stringContaining('line 7: expected a stop below the target, found 9 and 8'),
      expect.stringContaining('line 9: expected each instrument once: FB and META on line 8 are the same instrument'),
      expect.stringContaining('line 10: expected a symbol such as AAPL or BRK.B, found "=1+1"'),
      expect.stringContaining('line 11: expected a whole number'),
      expect.stringContaining('line 12: expected a whole number of 1 to 1000000000 in shares, found "1,00"'),
      expect.stringContaining('line 13: expected a number of shares, found none'),
      expect.stringContaining('line 14: expected a price above 0 such as 123.45 in entry_price, found "0"'),
      expect.stringContaining('line 14: expected a whole number of 1 to 1000 in horizon, found "11.5"'),
      expect.stringContaining('line 15: expected nothing but the amount in the line CASH, found a value in entry_price'),
      expect.stringContaining('line 16: expected an entry date on which the exchange was open, found 2018-01-20'),
    ]);
    expect(await manifestOf(cwd)).toBe(before);
  });

  it('names lines that only the market can refuse', async () => {
    const cwd = await project(booked, { 'a.csv': 'symbol,shares,entry_date\nNOSUCH,4,\nJPM,8,2018-01-20\nKO,8,2018-01-25\nPG,1,2018-01-23\nCASH,5,\n' });
    const { code, stderr } = await run(cwd, 'book', 'import', 'a.csv');
    expect(code).toBe(3);
    expect(stderr.split('\n').filter((line) => line.startsWith('  line '))).toEqual([
      '  line 2: expected an instrument with bars up to 2018-01-22 in the store, found NOSUCH',
      '  line 3: expected an entry date on which the exchange was open, found 2018-01-20',
      '  line 4: expected an entry date of 1990-01-01 to 2018-01-23, found 2018-01-25',
    ]);
  });

  it.each([
    ['an empty file', '', 'found an empty file'],
    ['blank lines', '\n \n', 'found an empty file'],
    ['no column of symbols', 'isin,shares\nUS0378331005,1\n', 'found no column "symbol"'],
    ['no column of shares', 'symbol,entry_price\nAAPL,1\n', 'found no column "shares"'],
    ['a decimal comma', 'symbol;shares;entry_price\nAAPL;1;170,5\nCASH;1;\n', 'line 2: expected a price above 0 such as 123.45 in entry_price, found "170,5"'],
    ['thousands without quotes', 'symbol;shares\nAAPL;1,000\nCASH;1\n', 'found "1,000"'],
    ['two names of a column', 'symbol,shares,stop,Stop Price\nAAPL,1,2,3\n', 'found "stop" and "Stop Price" for the same'],
    ['another session', 'as_of,symbol,shares\n2018-01-19,AAPL,1\n2018-01-19,KO,1\n,CASH,1\n', 'line 2: expected 2018-01-22 in as_of, the session that is asked for (another with --as-of), found "2018-01-19"'],
    ['an instrument beside the symbol of another', 'instrument,symbol,shares\nAAPL,FB,1\nMETA,FB,1\n,CASH,1\n', 'line 2: expected a symbol of the instrument beside it, found FB and AAPL'],
    ['an instrument twice', 'symbol,shares\nAAPL,1\naapl,1\nCASH,1\n', 'line 3: expected each instrument once: aapl is on line 2 already'],
    ['a column twice', 'symbol,shares,Shares\nAAPL,1,2\n', 'found "shares" and "Shares" for the same'],
    ['broken lines', 'symbol,shares\nAAPL\nKO,5\nPG,1,2\nCASH,5\n', 'line 2: expected as many values as the header has columns, 2, found 1\n  line 4: expected as many values as the header has columns, 2, found 3'],
    ['a value over two lines', 'symbol,shares\n"AA\nPL",1\nCASH,5\n', 'line 2: expected each quote closed in its line'],
    ['two lines of cash', 'symbol,shares\nCASH,1\nCASH,2\n', 'line 3: expected one line CASH, found a second'],
    ['negative cash', 'symbol,shares\nCASH,-5\n', 'line 2: expected an amount of 0 to 1000000000000'],
    ['more money than there is', 'symbol,shares,entry_price\nAAPL,1000000000,1000000\nCASH,1\n', 'line 2: expected a position of at most 1000000000000'],
    ['SQL for a symbol', "symbol,shares\nA' or '1'='1,5\nCASH,1\n", 'line 2: expected a symbol such as'],
    ['bytes that are no text', 'symbol,shares\nAA\u0000PL,1\nCASH,5\n', 'line 2: expected a symbol such as'],
  ])('refuses %s', async (_, text, message) => {
    const cwd = await project(booked, { 'a.csv': text });
    const before = await manifestOf(cwd);
    const { code, stdout, stderr } = await run(cwd, 'book', 'import', 'a.csv');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await manifestOf(cwd)).toBe(before);
  });

  it.each([
    [['nowhere.csv'], 3, 'expected an account file at'],
    [['account.csv', '--cash', '5'], 2, 'found it in the line CASH and in --cash'],
    [['account.csv', '--cash', 'much'], 2, 'found "much" in --cash'],
    [['bare.csv'], 2, 'expected the cash of the account'],
    [['account.csv', '--as-of', '2018-01-21'], 2, 'expected an XNYS session'],
    [['account.csv', '--as-of', '2018-03-02'], 2, 'whose decision time has come'],
    [['account.csv', '--as-of', '2018-02-08'], 2, 'of which the store has bars'],
    [[], 2, "missing required argument 'file'"],
  ] as const)('with %j ends with %d', async (argv, code, message) => {
    const ended = await run(await project(booked, { 'account.csv': ACCOUNT, 'bare.csv': 'symbol,shares\nAAPL,1\n' }), 'book', 'import', ...argv);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(message);
  });

  it('waits for no evening that is being computed: it ends with 5', async () => {
    const cwd = await project(booked);
    const lock = await takeLock(join(cwd, 'runs', 'daily.lock'), 'runs swing daily in this project');
    const { code } = await run(cwd, 'book', 'import', 'account.csv');
    lock.release();
    expect(code).toBe(5);
  });
});

describe('swing book reconcile', () => {
  it('ends with 0 and says so when account and book are the same', async () => {
    const cwd = await project(bare);
    await run(cwd, 'book', 'import', 'account.csv', '--as-of', '2018-01-22');
    expect(await run(cwd, 'book', 'reconcile', 'account.csv')).toEqual({ code: 0, stdout: 'The account and the book after 2018-01-22 are the same\n', stderr: '' });
  });

  it('ends with 7 and tells what is missing, extra and different, its value, and the cash', async () => {
    const cwd = await project(bare, { 'account.csv': ACCOUNT, 'other.csv': 'symbol,shares\nAAPL,12\nKO,3\nSPY,2\nCASH,50000\n' });
    await run(cwd, 'book', 'import', 'account.csv', '--as-of', '2018-01-22');
    const { positions } = await shown(cwd);
    const ended = await run(cwd, 'book', 'reconcile', 'other.csv', '--json');
    expect(ended.code).toBe(7);
    const { missing, extra, different, cash, value, equal } = JSON.parse(ended.stdout);
    expect(missing).toEqual([{ symbol: 'META', account: 0, book: 7, difference: -7, value: expect.closeTo(-7 * positions[1].close, 6), order: null }]);
    expect(extra).toEqual([{ symbol: 'KO', account: 3, book: 0, difference: 3, value: expect.any(Number), order: null }, { symbol: 'SPY', account: 2, book: 0, difference: 2, value: null, order: null }]);
    expect(different).toEqual([{ symbol: 'AAPL', account: 12, book: 10, difference: 2, value: expect.closeTo(2 * positions[0].close, 6), order: null }]);
    expect(cash).toEqual({ account: 50000, book: 50000.25, difference: -0.25 });
    expect(value.net).toBeCloseTo(2 * positions[0].close - 7 * positions[1].close + extra[0].value, 6);
    expect(value.gross).toBeGreaterThan(Math.abs(value.net));
    expect(equal).toBe(false);
    const text = await run(cwd, 'book', 'reconcile', 'other.csv');
    expect(text.code).toBe(7);
    expect(text.stdout).toMatch(/^The account and the book after 2018-01-22 differ\n/);
    expect(text.stdout).toMatch(/^extra +SPY +2 +0 +\+2 +no close$/m);
    expect(text.stdout).toContain('Cash: 50000.00 in the account, 50000.25 in the book, difference -0.25');
  });

  it('says which waiting orders explain a difference', async () => {
    const { orders } = await shown(booked);
    const [first, second] = orders as { listedSymbol: string; symbol: string; shares: number }[];
    const cwd = await project(booked, { 'a.csv': `symbol,shares\n${first.listedSymbol},${first.shares}\n${second.listedSymbol},${second.shares + 1}\n` });
    const { extra, cash } = JSON.parse((await run(cwd, 'book', 'reconcile', 'a.csv', '--json')).stdout);
    const orderOf = (symbol: string): unknown => extra.find((one: { symbol: string }) => one.symbol === symbol).order;
    expect(orderOf(first.symbol)).toEqual({ side: 'buy', shares: first.shares, explains: 'all' });
    expect(orderOf(second.symbol)).toEqual({ side: 'buy', shares: second.shares, explains: 'part' });
    expect(cash).toBeNull();
    expect((await run(cwd, 'book', 'reconcile', 'a.csv')).stderr).toBe('the account does not say its cash: only shares were compared\n');
  });

  it('needs a book', async () => {
    expect(await run(await project(bare), 'book', 'reconcile', 'account.csv')).toMatchObject({ code: 3, stdout: '' });
  });
});
