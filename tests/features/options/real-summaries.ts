import { join } from 'node:path';

import { XNYS } from '../../../src/core/calendar.js';
import { isoDate, toEpochDay, type EpochDay } from '../../../src/core/dates.js';
import { withDuckDB } from '../../../src/data/store/duckdb.js';
import type { FeatureInputs } from '../../../src/features/compute/feature-inputs.js';
import { cleanChain } from '../../../src/options/chain/clean-chain.js';
import type { OptionChain } from '../../../src/options/chain/option-chain.js';
import { SUMMARY_COLUMN_NAMES } from '../../../src/options/summary/columns.js';
import { summarizeChain } from '../../../src/options/summary/summarize-chain.js';
import { flatRate } from '../../../src/options/surface/rate-curve.js';
import { valueChain } from '../../../src/options/valuation/valued-chain.js';
import { Panel } from '../../../src/table/panel.js';

const FILES = ['chains_2026-05', 'chains_2026-06', 'chains_2026-07'].map((name) => `${name}.parquet`);
const BARS_FROM = isoDate('2025-01-02');

/** The chains of some names as the files have them, by session, then name. */
export async function realChains(folder: string, names: readonly string[]): Promise<OptionChain[]> {
  const path = (name: string): string => `'${join(folder, 'options', name)}'`;
  const day = (column: string): string => `cast(${column} - date '1970-01-01' as integer)`;
  return withDuckDB(async (connection) => {
    const sql = `select c.underlying, ${day('c.date')}, ${day('c.expiration')}, c.strike::double, (c.cp = 'C')::integer, c.last_price::double, c.volume::double, c.open_interest::double, c.iv::double, u.underlying_close_raw::double, coalesce(u.chain_stale, false)
      from read_parquet([${FILES.map(path).join(', ')}]) c left join read_parquet(${path('underlying_day.parquet')}) u using (underlying, date) where c.underlying in (${names.map((name) => `'${name}'`).join(', ')}) order by c.date, c.underlying, c.expiration, c.strike, c.cp`;
    const columns = (await connection.runAndReadAll(sql)).getColumns();
    const chains: OptionChain[] = [];
    const [underlying, session] = columns as [string[], number[]];
    for (let start = 0; start < underlying.length; ) {
      let end = start;
      while (end < underlying.length && underlying[end] === underlying[start] && session[end] === session[start]) end++;
      const numbers = (at: number): Float64Array => Float64Array.from(columns[at].slice(start, end) as (number | null)[], (value) => value ?? Number.NaN);
      const none = new Float64Array(end - start).fill(Number.NaN);
      chains.push({ underlying: underlying[start], session: session[start], spot: numbers(9)[0], isStale: columns[10][start] === true, expiry: Int32Array.from(numbers(2)), isCall: Uint8Array.from(numbers(4)), strike: numbers(3), bid: none, ask: none, last: numbers(5), volume: numbers(6), openInterest: numbers(7), impliedVolatility: numbers(8) });
      start = end;
    }
    return chains;
  });
}

/** Bars of some names with the figures of their chains, as features read them; sessions from 2025 on, chains at the end. */
export async function realInputs(folder: string, names: readonly string[], chains: readonly OptionChain[]): Promise<FeatureInputs> {
  const sessions = XNYS.sessionDays(toEpochDay(BARS_FROM), Math.max(...chains.map(({ session }) => session)));
  const place = new Map(Array.from(sessions, (day, t) => [day, t]));
  const size = names.length * sessions.length;
  const blank = (): Float64Array => new Float64Array(size).fill(Number.NaN);
  const bars = { open: blank(), high: blank(), low: blank(), close: blank(), volume: blank() };
  const figures = Object.fromEntries(SUMMARY_COLUMN_NAMES.map((name) => [name, blank()]));
  await withDuckDB(async (connection) => {
    const rows = (await connection.runAndReadAll(`select ticker, cast(date - date '1970-01-01' as integer), coalesce(open, close)::double, high::double, low::double, close::double, volume::double from read_parquet('${join(folder, 'options', 'underlying_ohlcv.parquet')}') where ticker in (${names.map((name) => `'${name}'`).join(', ')})`)).getRows() as [string, EpochDay, number, number, number, number, number][];
    for (const [name, day, open, high, low, close, volume] of rows) {
      const t = place.get(day);
      if (t === undefined) continue;
      const at = names.indexOf(name) * sessions.length + t;
      [bars.open[at], bars.high[at], bars.low[at], bars.close[at], bars.volume[at]] = [open, high, low, close, volume];
    }
  });
  for (const chain of chains) {
    const summary = summarizeChain(valueChain(cleanChain(chain), { curve: flatRate(0.04) }));
    const at = names.indexOf(chain.underlying) * sessions.length + place.get(chain.session)!;
    for (const name of SUMMARY_COLUMN_NAMES) figures[name][at] = summary[name];
  }
  return { bars: new Panel({ symbols: names, sessions, columns: bars }), options: new Panel({ symbols: names, sessions, columns: figures }) };
}
