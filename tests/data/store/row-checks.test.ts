import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { fixedClock } from '../../../src/core/clock.js';
import { DataError } from '../../../src/core/errors.js';
import type { DatasetName } from '../../../src/data/datasets.js';
import { fileLiteral, rows, withDuckDB } from '../../../src/data/store/duckdb.js';
import { bar, CLOCK, storedBars, temporaryStore, write, type Row } from './rows.js';

const good = bar('AA', '2018-01-02');
const option: Row = { underlying: 'AA', session: '2018-01-02', expiry: '2018-01-19', strike: 10, right: 'call', bid: 1, ask: 1.1, volume: 5, open_interest: 7 };
const action: Row = { symbol: 'AA', ex_date: '2018-01-02', kind: 'split', value: 2 };
const observation: Row = { series_id: 'VIX', observation_date: '2018-01-02', value: 9.8, available_at: '2018-01-03' };

const BAD: readonly (readonly [what: string, dataset: DatasetName, row: Row, expectation: string, shown: string])[] = [
  ['no symbol', 'bars', { ...good, symbol: null }, 'a value in "symbol"', 'symbol=missing session=2018-01-02'],
  ['a blank symbol', 'bars', { ...good, symbol: ' ' }, 'a value in "symbol"', 'session=2018-01-02'],
  ['no session', 'bars', { ...good, session: null }, 'a value in "session"', 'symbol=AA session=missing'],
  ['a negative price', 'bars', { ...good, low: -1 }, 'prices above zero', 'low=-1.0'],
  ['a price of zero', 'bars', { ...good, open: 0 }, 'prices above zero', 'open=0.0'],
  ['a negative adjusted close', 'bars', { ...good, adjusted_close: -2 }, 'prices above zero', 'adjusted_close=-2.0'],
  ['an infinite price', 'bars', { ...good, high: Infinity }, 'finite prices and volume', 'high=inf'],
  ['an infinite volume', 'bars', { ...good, volume: Infinity }, 'finite prices and volume', 'symbol=AA'],
  ['a negative volume', 'bars', { ...good, volume: -1 }, 'a volume of zero or more', 'volume=-1.0'],
  ['a day to come', 'bars', { ...good, session: '2018-02-08' }, 'no session after the last closed one', 'session=2018-02-08'],
  ['a day far away', 'bars', { ...good, session: '2999-01-01' }, 'no session after the last closed one', 'session=2999-01-01'],
  ['a Sunday', 'bars', { ...good, session: '2018-01-07' }, 'a session of XNYS (an exchange day)', 'session=2018-01-07'],
  ['a holiday', 'bars', { ...good, session: '2018-01-15' }, 'a session of XNYS (an exchange day)', 'session=2018-01-15'],
  ['a day before the calendar', 'bars', { ...good, session: '1989-12-29' }, 'a session of XNYS (an exchange day)', 'session=1989-12-29'],
  ['a stay that ends when it starts', 'membership', { symbol: 'AA', start_date: '2018-01-02', end_date: '2018-01-02' }, 'an end_date after its start_date', 'end_date=2018-01-02'],
  ['a name that ends before it starts', 'symbol_history', { listed_symbol: 'A', symbol: 'B', start_date: '2018-01-02', end_date: '2017-01-02' }, 'an end_date after its start_date', 'symbol=B'],
  ['another kind of action', 'actions', { ...action, kind: 'merger' }, 'the kind split or dividend', 'kind=merger'],
  ['a split of zero', 'actions', { ...action, value: 0 }, 'a value above zero', 'value=0.0'],
  ['an action without a value', 'actions', { ...action, value: null }, 'a value in "value"', 'kind=split'],
  ['an observation of tomorrow', 'macro', { ...observation, observation_date: '2018-02-09' }, 'no observation after today', 'observation_date=2018-02-09'],
  ['an observation known before it was made', 'macro', { ...observation, available_at: '2018-01-01' }, 'an available_at that is not before the observation_date', 'available_at=2018-01-01'],
  ['an infinite observation', 'macro', { ...observation, value: -Infinity }, 'a finite value', 'value=-inf'],
  ['an observation without a value', 'macro', { ...observation, value: null }, 'a value in "value"', 'series_id=VIX'],
  ['another right', 'option_chains', { ...option, right: 'C' }, 'the right call or put', 'right=C'],
  ['an option that has expired', 'option_chains', { ...option, expiry: '2018-01-01' }, 'an expiry on or after the session', 'expiry=2018-01-01'],
  ['a negative bid', 'option_chains', { ...option, bid: -0.1 }, 'prices, volume and open interest of zero or more', 'bid=-0.1'],
  ['a strike of zero', 'option_chains', { ...option, strike: 0 }, 'prices, volume and open interest of zero or more', 'strike=0.0'],
  ['an underlying worth nothing', 'option_chains', { ...option, underlying_price: 0 }, 'a price of the underlying above zero', 'underlying_price=0.0'],
  ['a chain of a holiday', 'option_chains', { ...option, session: '2018-01-01' }, 'a session of XNYS (an exchange day)', 'session=2018-01-01'],
  ['a chain of a day that is not over', 'option_chains', { ...option, session: '2018-02-08', expiry: '2018-02-16' }, 'no session after the last closed one', 'session=2018-02-08'],
  ['an underlying with a close of zero', 'option_underlyings', { underlying: 'AA', session: '2018-01-02', close: 0 }, 'a close above zero', 'close=0.0'],
  ['an underlying with a negative volume', 'option_underlyings', { underlying: 'AA', session: '2018-01-02', put_volume: -1 }, 'volume and open interest of zero or more', 'underlying=AA'],
  ['an underlying of a day to come', 'option_underlyings', { underlying: 'AA', session: '2018-02-08' }, 'no session after the last closed one', 'session=2018-02-08'],
  ['a company without a name', 'reference', { symbol: 'AA', name: null }, 'a value in "name"', 'symbol=AA'],
];

describe('a row that may not be stored', () => {
  it.each(BAD)('is refused, with all others, and shown: %s (%s)', async (...[, dataset, row, expectation, shown]) => {
    const store = await temporaryStore();
    const error = await store.commit([write(dataset, [row])], { clock: CLOCK }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({ code: 'INVALID_ROWS', fields: { dataset, count: 1 } });
    expect((error as DataError).message).toContain(`expected ${expectation}, found 1 row otherwise in "${dataset}", first: `);
    expect((error as DataError).message).toContain(shown);
    expect((await store.manifest()).version).toBe(0);
  });

  it.each([
    ['bars', good],
    ['bars', { symbol: 'AA', session: '2018-02-07' }],
    ['bars', { ...good, volume: 0, session: '1990-01-02' }],
    ['option_chains', { ...option, expiry: '2018-01-02', bid: 0, volume: 0 }],
    ['actions', action],
    ['macro', observation],
    ['membership', { symbol: 'AA', start_date: '2018-01-02', end_date: '2018-01-03' }],
  ] as const)('is none of these: %s %o', async (dataset, row) => {
    const store = await temporaryStore();
    await store.commit([write(dataset, [row])], { clock: CLOCK });
    expect((await store.entry(dataset))!.rows).toBe(1);
  });

  it('is judged by the clock: what is refused today is stored when the session is over', async () => {
    const store = await temporaryStore();
    const tomorrow = [write('bars', [bar('AA', '2018-02-08')])];
    await expect(store.commit(tomorrow, { clock: CLOCK })).rejects.toThrow('no session after the last closed one');
    // 23:30 in New York is 04:30 of the next day in UTC
    await expect(store.commit(tomorrow, { clock: fixedClock(Date.UTC(2018, 1, 9, 4, 29)) })).rejects.toThrow(DataError);
    await store.commit(tomorrow, { clock: fixedClock(Date.UTC(2018, 1, 9, 4, 30)) });
    expect(await storedBars(store)).toEqual(['AA 2018-02-08 10']);
  });

  it('is set aside on request: the good rows are stored, each bad one is in quarantine once, with what was expected of it', async () => {
    const store = await temporaryStore();
    const bad = [bar('BB', '2018-01-02', -5), bar('CC', '2018-01-07', -6), bar('DD', '2018-01-07', 7)];
    const { datasets } = await store.commit([write('bars', [good, ...bad])], { clock: CLOCK, setAside: true });
    expect(datasets[0].rejected).toEqual([
      { expectation: 'prices above zero', count: 2, first: expect.stringContaining('symbol=BB') as string },
      { expectation: 'a session of XNYS (an exchange day)', count: 1, first: 'symbol=DD session=2018-01-07' },
    ]);
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 10']);
    const aside = await withDuckDB((connection) => rows(connection, `select symbol, close, expectation from read_parquet(${fileLiteral(join(store.folder, datasets[0].quarantine!))}) order by symbol`));
    expect(aside).toEqual([
      { symbol: 'BB', close: -5, expectation: 'prices above zero' },
      { symbol: 'CC', close: -6, expectation: 'prices above zero' },
      { symbol: 'DD', close: 7, expectation: 'a session of XNYS (an exchange day)' },
    ]);
  });

  it('stays in quarantine after later commits', async () => {
    const store = await temporaryStore();
    const { datasets } = await store.commit([write('bars', [good, bar('BB', '2018-01-02', -5)])], { clock: CLOCK, setAside: true });
    for (const close of [1, 2, 3]) await store.commit([write('bars', [bar('AA', '2018-01-02', close)])], { clock: CLOCK });
    expect((await readdir(join(store.folder, 'quarantine'))).map((file) => `quarantine/${file}`)).toEqual([datasets[0].quarantine]);
  });
});
