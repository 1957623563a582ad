import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { parquetTable, rows as queryRows, withDuckDB } from '../../../src/data/store/duckdb.js';
import { constantMaturity } from '../../../src/options/surface/constant-maturity.js';
import type { ExpiryRows } from '../../../src/options/surface/expiry-rows.js';
import { fitSmile } from '../../../src/options/surface/fit-smile.js';
import { estimateForward } from '../../../src/options/surface/forward.js';
import { modelFreeVariance } from '../../../src/options/surface/model-free-variance.js';
import { flatRate } from '../../../src/options/surface/rate-curve.js';
import { smileQuotes } from '../../../src/options/surface/smile-quotes.js';
import { buildSurface } from '../../../src/options/surface/surface.js';
import { goldenFolder, printSkipReason, realDataFolder } from '../../golden/folder.js';

const SUITE = 'smiles of real chains';
const [golden, realData] = [goldenFolder(), realDataFolder()];
printSkipReason('golden', SUITE);
printSkipReason('real data', SUITE);

interface Expiry {
  readonly days: number;
  readonly rows: ExpiryRows;
}

/** The live expiries of a chain; prices are last trades of the session, volatilities those of the file within [0.01, 3] that such a price tells. */
async function expiriesOf(folder: string, underlying: string, date: string): Promise<Expiry[]> {
  const file = parquetTable(join(folder, 'options', `chains_${date.slice(0, 7)}.parquet`));
  const found = await withDuckDB((connection) =>
    queryRows(connection, `select expiration - date as days, strike::double as strike, cp, last_price::double as price, iv::double as iv, volume::double as volume, open_interest::double as oi
      from ${file} where underlying = '${underlying}' and date = date '${date}' and expiration > date order by 1, 2, 3`),
  );
  const days = [...new Set(found.map((row) => Number(row['days'])))];
  return days.map((each) => ({ days: each, rows: rowsOf(found.filter((row) => Number(row['days']) === each)) }));
}

function rowsOf(group: readonly Record<string, unknown>[]): ExpiryRows {
  const column = (name: string): Float64Array => Float64Array.from(group, (row) => (row[name] === null ? Number.NaN : Number(row[name])));
  const volume = column('volume');
  const traded = (value: number, i: number): number => (volume[i] > 0 ? value : Number.NaN);
  const none = new Float64Array(group.length).fill(Number.NaN);
  return {
    strike: column('strike'), isCall: Uint8Array.from(group, (row) => (row['cp'] === 'C' ? 1 : 0)), price: column('price').map(traded), volatility: column('iv').map((value, i) => (value >= 0.01 && value <= 3 ? traded(value, i) : Number.NaN)),
    volume, openInterest: column('oi'), bid: none, ask: none,
  };
}

describe.skipIf(golden === null || realData === null)(SUITE, () => {
  const { chains, conventions } = golden === null ? { chains: {}, conventions: { rate: 0 } } : (JSON.parse(readFileSync(join(golden, 'options-chains.json'), 'utf8')) as { chains: Record<string, { spot: number; atmIv30: number; skew: { skew25: number } }>; conventions: { rate: number } });

  it.each(Object.keys(chains))('stand near the volatility at the money by the golden convention: %s', async (name) => {
    const [underlying, date] = name.split(' ');
    const { spot, atmIv30, skew } = chains[name];
    const expiries = await expiriesOf(realData!, underlying, date);
    const curve = flatRate(conventions.rate);
    const smiles = expiries.map(({ days, rows }) => fitSmile(smileQuotes(rows, { years: days / 365, ...estimateForward(rows, { years: days / 365, spot, curve }) })));
    const surface = buildSurface(smiles);
    const point = constantMaturity(surface, 30);
    const errors = surface.smiles.filter(({ kind, years }) => kind === 'svi' && years > 6 / 365).map(({ rmsError }) => rmsError).sort((a, b) => a - b);
    const byQuotes = modelFreeVariance({ prices: 'quotes', expiries: expiries.map(({ days, rows }) => ({ years: days / 365, discount: Math.exp((-conventions.rate * days) / 365), rows })) }, 30);
    const bySmile = modelFreeVariance({ prices: 'smile', surface }, 30);
    console.log(`${name}: at the money ${point.atmVolatility.toFixed(4)} (golden ${atmIv30.toFixed(4)}), skew ${point.skew25Delta.toFixed(4)} (${skew.skew25.toFixed(4)}), model-free ${Math.sqrt(bySmile).toFixed(4)} by smile, ${Math.sqrt(byQuotes).toFixed(4)} by trades; rms error of ${errors.length} SVI smiles: median ${errors[errors.length >> 1].toFixed(4)}, worst ${errors[errors.length - 1].toFixed(4)}; calendar ${surface.calendar.violations}/${surface.calendar.points}`);
    // the file's volatilities of puts and calls differ where a dividend is due, which it leaves out: there, conventions part further
    expect(Math.abs(point.atmVolatility - atmIv30)).toBeLessThan(underlying === 'SPY' ? 0.01 : 0.015);
    expect(errors[errors.length >> 1]).toBeLessThan(0.015);
    // all that is there of 25 deltas and of the strip is dearer than the money
    expect(Math.sqrt(bySmile)).toBeGreaterThan(point.atmVolatility);
    expect(Math.abs(Math.sqrt(bySmile) - Math.sqrt(byQuotes))).toBeLessThan(0.05);
  });
});
