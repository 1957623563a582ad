import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fixedClock } from '../../../src/core/clock.js';
import { fromEpochDay, isoDate } from '../../../src/core/dates.js';
import { importFrom, type ImportReport } from '../../../src/data/import.js';
import { chainSessions } from '../../../src/data/option-chains/read-chains.js';
import { datasetOfFile } from '../../../src/data/providers/files/read.js';
import { openFiles } from '../../../src/data/providers/files/provider.js';
import { parquetTable, rows, withDuckDB } from '../../../src/data/store/duckdb.js';
import { Store } from '../../../src/data/store/store.js';
import { printSkipReason, realDataFolder } from '../../golden/folder.js';
import { chainsOf } from './chains.js';

const folder = realDataFolder();
printSkipReason('real data', 'chains of real files');
const file = (name: string): string => join(folder!, 'options', name);

describe.skipIf(folder === null)('chains of real files', () => {
  let place: string;
  let store: Store;
  let report: ImportReport;
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'swinglab-chains-'));
    store = await Store.open(place);
    report = await importFrom(await openFiles([{ path: file('chains_2026-05.parquet') }, { path: file('underlying_day.parquet') }]), store, { clock: fixedClock(Date.UTC(2026, 7, 1, 12)) });
  }, 60_000);
  afterAll(() => rm(place, { recursive: true, force: true }));

  it('are known by their columns, each file', async () => {
    const found = Object.fromEntries(await Promise.all(readdirSync(join(folder!, 'options')).map(async (name) => [name, await datasetOfFile(file(name)).catch(() => 'unknown')] as const)));
    expect(found).toMatchObject({
      'broker_chain_2025-04-10.parquet': 'option_chains',
      'chains_2026-05.parquet': 'option_chains',
      'chains_2026-06.parquet': 'option_chains',
      'chains_2026-07.parquet': 'option_chains',
      'quotes_2026-03_04.parquet': 'option_chains',
      'spy_greeks_2021.parquet': 'option_chains',
      'underlying_day.parquet': 'option_underlyings',
      'underlying_ohlcv.parquet': 'bars',
    });
  });

  it('come in whole, without a finding, a file a session', async () => {
    expect(report.datasets.map(({ dataset, delivered, rejected, findings, entry }) => [dataset, delivered, entry.rows, rejected, findings])).toEqual([['option_chains', 470_253, 470_253, [], []], ['option_underlyings', 8315, 8315, [], []]]);
    expect((await chainSessions(store)).map(({ session, rows: count, underlyings }) => [session, count, underlyings.size])).toEqual(await daysOf(file('chains_2026-05.parquet')));
  });

  it('are read as the file has them, number by number', async () => {
    const request = { underlyings: ['AAPL', 'NVDA'], start: isoDate('2026-05-27'), end: isoDate('2026-05-28') };
    const read = (await chainsOf(store, request)).flatMap((chain) => Array.from(chain.strike, (strike, i) => [chain.underlying, fromEpochDay(chain.session), fromEpochDay(chain.expiry[i]), strike, chain.isCall[i], ...[chain.last[i], chain.volume[i], chain.openInterest[i], chain.impliedVolatility[i]].map((value) => (Number.isNaN(value) ? null : value))]));
    const written = await withDuckDB((connection) => rows(connection, `select underlying, cast(date as varchar) as d, cast(expiration as varchar) as e, cast(strike as double) as k, cast(cp = 'C' as integer) as c, cast(last_price as double) as l, cast(volume as double) as v, cast(open_interest as double) as o, cast(iv as double) as i from ${parquetTable(file('chains_2026-05.parquet'))} where underlying in ('AAPL', 'NVDA') and date between date '2026-05-27' and date '2026-05-28' order by date, underlying, expiration, strike, cp`));
    expect(read.length).toBeGreaterThan(9000);
    expect(read).toEqual(written.map((row) => Object.values(row)));
  });

  it('have the price of their underlying on all but a few days, and are stale on those of a corporate action', async () => {
    const chains = await chainsOf(store);
    const without = chains.filter(({ spot }) => Number.isNaN(spot)).length;
    expect(without / chains.length).toBeLessThan(0.02);
    expect(chains.find(({ underlying, session }) => underlying === 'AAPL' && fromEpochDay(session) === '2026-05-26')).toMatchObject({ spot: 308.33, isStale: false });
    const [{ n }] = await store.query((connection) => rows(connection, 'select count(*) as n from option_underlyings where is_stale'));
    expect(Number(n)).toBeGreaterThan(0);
  });
});

/** Session, contracts and underlyings of a file of chains. */
async function daysOf(path: string): Promise<unknown[][]> {
  const found = await withDuckDB((connection) => rows(connection, `select cast(date as varchar) as day, count(*) as n, count(distinct underlying) as names from ${parquetTable(path)} group by date order by date`));
  return found.map(({ day, n, names }) => [day, Number(n), Number(names)]);
}
