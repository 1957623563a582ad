import { describe, expect, it } from 'vitest';

import { openInterestTiming, type OpenInterestTiming } from '../../../src/data/option-chains/open-interest-timing.js';
import { parquetTable, withDuckDB } from '../../../src/data/store/duckdb.js';
import { writeManifest } from '../../../src/data/store/manifest.js';
import type { Store } from '../../../src/data/store/store.js';
import { printSkipReason, realDataFolder } from '../../golden/folder.js';
import { CLOCK, temporaryStore, write, type Row } from '../store/rows.js';
import { contract } from './chains.js';
import { DAYS, rowsStamped } from './rows-stamped.js';

async function timingOf(rows: readonly Row[]): Promise<OpenInterestTiming> {
  const store = await temporaryStore();
  await store.commit([write('option_chains', rows)], { clock: CLOCK, keepEarlyStamps: true });
  return store.query((connection) => openInterestTiming(connection, 'option_chains'));
}

async function recorded(rows: readonly Row[], options: { readonly keepEarlyStamps?: boolean } = {}): Promise<Store> {
  const store = await temporaryStore();
  for (const day of DAYS) await store.commit([write('option_chains', rows.filter((row) => row['session'] === day))], { clock: CLOCK, ...options });
  return store;
}

const findingsOf = async (store: Store): Promise<string[]> => (await store.entry('option_chains'))!.findings.map(({ rule }) => rule);

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

  it('refuse an import when they are early, saying what was measured and what to do, and nothing of it is stored', async () => {
    const store = await temporaryStore();
    const refused = store.commit([write('option_chains', rowsStamped(0))], { clock: CLOCK });
    await expect(refused).rejects.toMatchObject({ name: 'DataError', code: 'STAMPED_EARLY', fields: { withinNext: 1 } });
    await expect(refused).rejects.toThrow(/^expected open interest settled before the session it is stamped with, .* found [\d.]+ % of 298 changes within that volume and 100\.0 % within that of the next session \(from 2018-01-08 to 2018-01-09 60 contracts changed, .*\): .*nothing was stored; date the open interest a session later, leave its column out, or keep it as it is with --keep-early-stamps$/);
    expect(await store.entry('option_chains')).toBeNull();
    await store.commit([write('option_chains', rowsStamped(0).map((row) => ({ ...row, open_interest: null })))], { clock: CLOCK });
    expect(await findingsOf(store)).toEqual([]);
  });

  it('refuse the second evening where each comes alone, and leave the first', async () => {
    expect(await findingsOf(await recorded(rowsStamped(1)))).toEqual([]);
    const store = await temporaryStore();
    const evening = (day: string): Promise<unknown> => store.commit([write('option_chains', rowsStamped(0).filter(({ session }) => session === day))], { clock: CLOCK });
    await evening(DAYS[0]);
    await expect(evening(DAYS[1])).rejects.toMatchObject({ code: 'STAMPED_EARLY' });
    expect(await store.entry('option_chains')).toMatchObject({ firstDate: DAYS[0], lastDate: DAYS[0], findings: [] });
  });

  it('are no refusal but a finding where neither session explains the changes', async () => {
    expect(await findingsOf(await recorded(rowsStamped(1).map((row) => ({ ...row, volume: 0 }))))).toEqual(DAYS.slice(1).map(() => 'open-interest-undecided'));
  });

  it('stay a finding however many findings came since', async () => {
    const store = await recorded(rowsStamped(0), { keepEarlyStamps: true });
    const manifest = await store.manifest();
    const many = Array.from({ length: 120 }, (_, i) => ({ rule: `another-${i}`, policy: 'keep', count: 1, examples: [] }));
    manifest.datasets['option_chains'].findings.push(...many);
    await writeManifest(store.folder, manifest);
    await store.commit([write('option_chains', [contract('ZZ', '2018-01-16', 5)])], { clock: CLOCK });
    const rules = await findingsOf(store);
    expect([rules.length, rules[0], rules[1], rules.at(-1)]).toEqual([100, 'open-interest-stamped-early', 'another-21', 'another-119']);
  });

  it('stay a finding when early ones are kept on demand, until the chains are replaced', async () => {
    const store = await recorded(rowsStamped(0), { keepEarlyStamps: true });
    expect(await findingsOf(store)).toEqual(DAYS.slice(1).map(() => 'open-interest-stamped-early'));
    await store.commit([write('option_chains', rowsStamped(1), { mode: 'replace' })], { clock: CLOCK });
    expect(await findingsOf(store)).toEqual([]);
    const report = await store.commit([write('option_chains', rowsStamped(0), { mode: 'replace' })], { clock: CLOCK, keepEarlyStamps: true });
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
