import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { openInterestTiming, type OpenInterestTiming } from '../../../src/data/option-chains/open-interest-timing.js';
import { parquetTable, withDuckDB } from '../../../src/data/store/duckdb.js';
import { printSkipReason, realDataFolder } from '../../golden/folder.js';
import { CLOCK, temporaryStore, write, type Row } from '../store/rows.js';
import { contract } from './chains.js';

const DAYS = ['2018-01-02', '2018-01-03', '2018-01-04', '2018-01-05', '2018-01-08', '2018-01-09'];

/** Contracts whose open interest moves by a part of their volume; each day's rows carry what was settled so many days before. */
function rowsStamped(lag: number, strikes = 60): Row[] {
  const rng = createRng(11);
  return Array.from({ length: strikes }, (_, i) => {
    const volumes = DAYS.map(() => Math.floor(10 ** (1 + 2 * rng.float())));
    const settled = [5000];
    for (const volume of volumes) settled.push(settled[settled.length - 1] + Math.round(volume * (2 * rng.float() - 1)));
    return DAYS.map((day, d) => contract('AA', day, 50 + i, { volume: volumes[d], open_interest: settled[d + 1 - lag] }));
  }).flat();
}

async function timingOf(rows: readonly Row[]): Promise<OpenInterestTiming> {
  const store = await temporaryStore();
  await store.commit([write('option_chains', rows)], { clock: CLOCK });
  return store.query((connection) => openInterestTiming(connection, 'option_chains'));
}

async function findingsOf(rows: readonly Row[]): Promise<string[]> {
  const store = await temporaryStore();
  for (const day of DAYS) await store.commit([write('option_chains', rows.filter((row) => row['session'] === day))], { clock: CLOCK });
  return (await store.entry('option_chains'))!.findings.map(({ rule }) => rule);
}

describe('the stamps of open interest', () => {
  it('are as documented where the volume of the first session explains each change', async () => {
    const timing = await timingOf(rowsStamped(1));
    expect(timing).toMatchObject({ verdict: 'as-documented', withinFirst: 1 });
    expect(timing.withinNext).toBeLessThan(0.9);
    expect(timing.changes.map(({ first }) => first)).toEqual(DAYS.slice(0, -1));
  });

  it('are found to be a day early where the volume of the next session does', async () => {
    expect(await timingOf(rowsStamped(0))).toMatchObject({ verdict: 'stamped-early', withinNext: 1 });
  });

  it('are undecided where few contracts changed, sessions are missing between, or volumes explain nothing', async () => {
    expect(await timingOf(rowsStamped(0, 20))).toEqual({ verdict: 'undecided', withinFirst: null, withinNext: null, changes: [] });
    expect(await timingOf(rowsStamped(0).filter(({ session }) => session === DAYS[0] || session === DAYS[2]))).toMatchObject({ verdict: 'undecided', changes: [] });
    const untraded = rowsStamped(1).map((row) => ({ ...row, volume: 0 }));
    expect(await timingOf(untraded)).toMatchObject({ verdict: 'undecided', withinFirst: 0, withinNext: 0 });
  });

  it('are not judged by contracts whose volume or open interest is missing', async () => {
    const rows = rowsStamped(1).flatMap((row) => [row, { ...row, right: 'put', volume: null }, { ...row, underlying: 'BB', open_interest: null }]);
    expect(await timingOf(rows)).toEqual(await timingOf(rowsStamped(1)));
  });

  it('are told at import when they are early, also when each evening comes alone', async () => {
    expect(await findingsOf(rowsStamped(1))).toEqual([]);
    expect(await findingsOf(rowsStamped(0))).toEqual(DAYS.slice(1).map(() => 'open-interest-stamped-early'));
    const store = await temporaryStore();
    const report = await store.commit([write('option_chains', rowsStamped(0), { mode: 'replace' })], { clock: CLOCK });
    expect(report.datasets[0].findings[0]).toMatchObject({ policy: 'keep', count: 298, examples: expect.arrayContaining([expect.stringMatching(/^from 2018-01-02 to 2018-01-03 60 contracts changed, [\d.]+ % within the volume of 2018-01-02, 100.0 % within that of 2018-01-03$/)]) as string[] });
  });
});

const folder = realDataFolder();
printSkipReason('real data', 'stamps of open interest in real chains');

describe.skipIf(folder === null)('the stamps of open interest in real chains', () => {
  const columns = `underlying, date as session, expiration as expiry, strike, cp as "right", volume`;
  const early = (table: string): string => `(select ${columns}, lead(open_interest) over (partition by underlying, expiration, strike, cp order by date) as open_interest from ${table})`;

  it.each([
    ['chains_2026-05.parquet', 0.97, 0.75],
    ['quotes_2026-03_04.parquet', 0.95, 0.87],
  ])('are as documented in %s, and found early once they are shifted by a session', async (file, atLeast, atMost) => {
    const table = parquetTable(`${folder!}/options/${file}`);
    const [right, shifted] = await withDuckDB(async (connection) => [await openInterestTiming(connection, `(select ${columns}, open_interest from ${table})`), await openInterestTiming(connection, early(table))]);
    expect(right.verdict).toBe('as-documented');
    expect(right.withinFirst).toBeGreaterThan(atLeast);
    expect(right.withinNext).toBeLessThan(atMost);
    expect(shifted.verdict).toBe('stamped-early');
  });
});
