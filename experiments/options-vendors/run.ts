/**
 * Compares own implied volatilities and Greeks with those that three vendors print, and model-free variance of SPY with the VIX.
 *
 *     node experiments/options-vendors/run.ts --data <folder of real data> [--out results.json]
 *
 * The folder holds `options/*.parquet` as described in README.md in this folder.
 */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { cleanChain, greeks, summarizeChain, valueChain, volatilitiesOfPrices, flatRate, rowsOfExpiry, type OptionChain } from 'swinglab/options';
import { Store } from 'swinglab';

const { values: flags } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } });
if (flags.data === undefined) throw new Error('expected --data <folder of real data>');
const folder = join(flags.data, 'options');
/** A store without anything: its engine reads the files. */
const store = await Store.open(join(tmpdir(), 'swinglab-no-store'));

/** Columns of a query. */
async function columnsOf(sql: string): Promise<readonly (readonly unknown[])[]> {
  return store.query(async (connection) => (await connection.runAndReadAll(sql)).getColumns());
}

/** Vendors' own figures of each contract, beside the chain. */
interface VendorChain extends OptionChain {
  readonly vendor: Readonly<Record<'iv' | 'delta' | 'gamma' | 'theta' | 'vega', Float64Array>>;
  readonly rate: number;
}

interface Source {
  readonly file: string;
  readonly session: string;
  readonly where: string;
  readonly greeks: boolean;
  /** SQL of the riskless rate, fraction. */
  readonly rate: string;
  readonly price: string;
}

/** Chains of a file, one an underlying and session. */
async function chainsOf({ file, session, where, greeks: hasGreeks, rate, price }: Source): Promise<VendorChain[]> {
  const day = (sql: string): string => `cast(${sql} - date '1970-01-01' as integer)`;
  const greek = (name: string): string => (hasGreeks ? `${name}::double` : `null::double`);
  const sql = `select underlying, ${day(session)}, ${day('expiration')}, strike::double, (cp = 'C')::integer, bid::double, ask::double, last_price::double, volume::double, open_interest::double, iv::double, ${greek('delta')}, ${greek('gamma')}, ${greek('theta')}, ${greek('vega')}, ${price}::double, ${rate}::double from read_parquet('${join(folder, file)}') where ${where} order by 2, 1, 3, 4, 5`;
  const columns = await columnsOf(sql);
  const [underlying, days] = columns as [string[], number[]];
  const chains: VendorChain[] = [];
  for (let start = 0; start < underlying.length; ) {
    let end = start;
    while (end < underlying.length && underlying[end] === underlying[start] && days[end] === days[start]) end++;
    const numbers = (at: number): Float64Array => Float64Array.from(columns[at].slice(start, end) as (number | null)[], (value) => value ?? Number.NaN);
    chains.push({
      underlying: underlying[start], session: days[start], spot: median(numbers(15)), isStale: false, rate: numbers(16)[0],
      expiry: Int32Array.from(numbers(2)), isCall: Uint8Array.from(numbers(4)), strike: numbers(3), bid: numbers(5), ask: numbers(6), last: numbers(7), volume: numbers(8), openInterest: numbers(9), impliedVolatility: numbers(10),
      vendor: { iv: numbers(10), delta: numbers(11), gamma: numbers(12), theta: numbers(13), vega: numbers(14) },
    });
    start = end;
  }
  return chains;
}

/** One contract that both sides have a volatility of. */
interface Compared {
  /** By the forward of put-call parity. */
  readonly own: number;
  /** By the forward of the spot, as if nothing paid dividends. */
  readonly bySpot: number;
  readonly vendor: number;
  /** ln(strike / forward) in standard deviations, above 0 out of the money. */
  readonly out: number;
  readonly days: number;
  readonly isCall: boolean;
  /** Half the spread in volatility: what a price within the quote can move it by. */
  readonly halfSpread: number;
  /** Own Greek at the vendor's volatility and the vendor's, in the product's units. */
  /** The same by the forward of the spot. */
  readonly greeksBySpot: Compared['greeks'];
  readonly greeks: readonly { readonly name: string; readonly own: number; readonly vendor: number }[];
}

function compare(chain: VendorChain): Compared[] {
  const rows = cleanChain(chain);
  const { expiries, rate: rates, dividendYield } = valueChain(rows, { curve: flatRate(chain.rate) });
  const key = (expiry: number, strike: number, isCall: number): string => `${expiry} ${strike} ${isCall}`;
  const at = new Map(Array.from(chain.expiry, (expiry, i) => [key(expiry, chain.strike[i], chain.isCall[i]), i]));
  const vendorVolatility = Float64Array.from(rows.strike, (strike, i) => chain.vendor.iv[at.get(key(rows.expiry[i], strike, rows.isCall[i]))!]);
  const bySpot = greeks({ spot: rows.spot, strike: rows.strike, years: rows.years, rate: rates, dividendYield: 0, volatility: vendorVolatility, isCall: rows.isCall }, ['delta', 'gamma', 'theta', 'vega']);
  const ours = greeks({ spot: rows.spot, strike: rows.strike, years: rows.years, rate: rates, dividendYield, volatility: vendorVolatility, isCall: rows.isCall }, ['delta', 'gamma', 'theta', 'vega']);
  return expiries.flatMap(({ start, end, years, days, forward }) => {
    const volatility = new Float64Array(rows.count).fill(Number.NaN);
    const own = rowsOfExpiry({ ...rows, volatility }, start, end);
    // all depths, as vendors do, those exercised early included
    volatilitiesOfPrices(own, { years, spot: rows.spot, forward: forward.forward, discount: forward.discount }, Infinity);
    const spotVolatility = new Float64Array(rows.count).fill(Number.NaN);
    const ofSpot = rowsOfExpiry({ ...rows, volatility: spotVolatility }, start, end);
    volatilitiesOfPrices(ofSpot, { years, spot: rows.spot, forward: rows.spot * Math.exp(chain.rate * years), discount: Math.exp(-chain.rate * years) }, Infinity);
    // vendors: theta a day, vega a point
    const compared = (values: typeof ours, i: number, from: number): Compared['greeks'] => [
      { name: 'delta', own: values.delta[i], vendor: chain.vendor.delta[from] },
      { name: 'gamma', own: values.gamma[i], vendor: chain.vendor.gamma[from] },
      { name: 'vega', own: values.vega[i] / 100, vendor: chain.vendor.vega[from] },
      { name: 'theta', own: values.theta[i] / 365, vendor: chain.vendor.theta[from] },
    ];
    return Array.from({ length: end - start }, (_, j): Compared => {
      const i = start + j;
      const from = at.get(key(rows.expiry[i], rows.strike[i], rows.isCall[i]))!;
      const deviation = vendorVolatility[i] * Math.sqrt(years);
      const isCall = rows.isCall[i] === 1;
      return {
        own: own.volatility[j], bySpot: ofSpot.volatility[j], vendor: vendorVolatility[i], days, isCall,
        out: ((isCall ? 1 : -1) * Math.log(rows.strike[i] / forward.forward)) / deviation,
        halfSpread: (rows.ask[i] - rows.bid[i]) / (2 * ours.vega[i]),
        greeks: compared(ours, i, from),
        greeksBySpot: compared(bySpot, i, from),
      };
    }).filter(({ own: value, vendor }) => value > 0 && vendor > 0);
  });
}

function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).filter((value) => !Number.isNaN(value)).sort();
  const middle = sorted.length >>> 1;
  return sorted.length === 0 ? Number.NaN : sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const rounded = (value: number): number => Number(value.toPrecision(4));
const share = (values: readonly boolean[]): number => rounded(values.filter(Boolean).length / values.length);

function describeAll(all: readonly Compared[]): Record<string, unknown> {
  const part = (of: readonly Compared[]): Record<string, unknown> => ({
    contracts: of.length,
    medianAbsoluteDifference: rounded(median(of.map(({ own, vendor }) => Math.abs(own - vendor)))),
    medianDifference: rounded(median(of.map(({ own, vendor }) => own - vendor))),
    bySpotMedianAbsoluteDifference: rounded(median(of.filter(({ bySpot }) => bySpot > 0).map(({ bySpot, vendor }) => Math.abs(bySpot - vendor)))),
    withinSpread: share(of.map(({ own, vendor, halfSpread }) => Math.abs(own - vendor) <= halfSpread + 5e-4)),
  });
  const names = ['delta', 'gamma', 'vega', 'theta'].filter((name) => all.some(({ greeks: one }) => one.some((greek) => greek.name === name && !Number.isNaN(greek.vendor))));
  const greekDifferences = (of: 'greeks' | 'greeksBySpot'): Record<string, unknown> =>
    Object.fromEntries(names.map((name) => {
      const pairs = all.filter(({ days, out }) => days >= 7 && Math.abs(out) <= 2).flatMap((one) => one[of].filter((greek) => greek.name === name && Number.isFinite(greek.own) && Number.isFinite(greek.vendor)));
      return [name, { medianRelativeDifference: rounded(median(pairs.map(({ own, vendor }) => Math.abs(own - vendor) / Math.max(Math.abs(vendor), 1e-4)))), ratio: rounded(median(pairs.map(({ own, vendor }) => own / vendor))) }];
    }));
  return {
    ...part(all),
    outOfTheMoney: part(all.filter(({ out }) => out >= 0)),
    inTheMoney: part(all.filter(({ out }) => out < -0.1)),
    callsOutOfTheMoney: part(all.filter(({ out, isCall }) => out >= 0 && isCall)),
    putsOutOfTheMoney: part(all.filter(({ out, isCall }) => out >= 0 && !isCall)),
    underAWeek: part(all.filter(({ days }) => days < 7)),
    overAWeek: part(all.filter(({ days }) => days >= 7)),
    greeksAtVendorVolatility: greekDifferences('greeks'),
    greeksAtVendorVolatilityBySpot: greekDifferences('greeksBySpot'),
  };
}

const sources: Readonly<Record<string, Source>> = {
  'spy_greeks_2021': { file: 'spy_greeks_2021.parquet', session: 'date', where: 'true', greeks: true, rate: '0.0005', price: 'underlying_price' },
  'broker_chain_2025-04-10': { file: 'broker_chain_2025-04-10.parquet', session: `date '2025-04-10'`, where: `not non_standard and quote_at_utc >= timestamp '2025-04-10 19:55:00'`, greeks: true, rate: 'ln(1 + interest_rate_pct / 100)', price: 'underlying_price' },
  'quotes_2026-03_04': { file: 'quotes_2026-03_04.parquet', session: 'date', where: 'after_close', greeks: false, rate: '0.037', price: 'underlying_price' },
};

const results: Record<string, unknown> = {};
for (const [name, source] of Object.entries(sources)) {
  const all = (await chainsOf(source)).flatMap(compare);
  results[name] = describeAll(all);
}

const spy = await chainsOfTrades();
const [vixDays, vixValues] = (await columnsOf(`select cast(date - date '1970-01-01' as integer), value from read_parquet('${join(folder, 'vol_indices.parquet')}') where series = 'vix'`)) as [number[], number[]];
const vix = new Map(vixDays.map((day, i) => [day, vixValues[i]]));
const pairs = spy.flatMap((chain) => {
  const { modelFreeVariance30 } = summarizeChain(valueChain(cleanChain(chain), { curve: flatRate(0.037) }));
  const index = vix.get(chain.session);
  return index === undefined || !(modelFreeVariance30 > 0) ? [] : [{ own: 100 * Math.sqrt(modelFreeVariance30), vix: index }];
});
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const [a, b] = [mean(pairs.map(({ own }) => own)), mean(pairs.map(({ vix: index }) => index))];
const moment = (f: (pair: { own: number; vix: number }) => number): number => mean(pairs.map(f));
results['spyAgainstVix'] = {
  days: pairs.length,
  correlation: rounded(moment((p) => (p.own - a) * (p.vix - b)) / Math.sqrt(moment((p) => (p.own - a) ** 2) * moment((p) => (p.vix - b) ** 2))),
  meanErrorPoints: rounded(a - b),
  meanAbsoluteErrorPoints: rounded(moment((p) => Math.abs(p.own - p.vix))),
};

/** Chains of SPY without quotes, as the evening has them. */
async function chainsOfTrades(): Promise<OptionChain[]> {
  const day = (sql: string): string => `cast(${sql} - date '1970-01-01' as integer)`;
  const sql = `select ${day('c.date')}, ${day('c.expiration')}, c.strike::double, (c.cp = 'C')::integer, c.last_price::double, c.volume::double, c.open_interest::double, c.iv::double, u.underlying_close_raw::double from read_parquet('${join(folder, 'chains_*.parquet')}') c join read_parquet('${join(folder, 'underlying_day.parquet')}') u using (underlying, date) where c.underlying = 'SPY' order by 1, 2, 3, 4`;
  const columns = await columnsOf(sql) as (number | null)[][];
  const chains: OptionChain[] = [];
  for (let start = 0; start < columns[0].length; ) {
    let end = start;
    while (end < columns[0].length && columns[0][end] === columns[0][start]) end++;
    const numbers = (at: number): Float64Array => Float64Array.from(columns[at].slice(start, end), (value) => value ?? Number.NaN);
    const none = new Float64Array(end - start).fill(Number.NaN);
    chains.push({ underlying: 'SPY', session: columns[0][start]!, spot: numbers(8)[0], isStale: false, expiry: Int32Array.from(numbers(1)), strike: numbers(2), isCall: Uint8Array.from(numbers(3)), bid: none, ask: none, last: numbers(4), volume: numbers(5), openInterest: numbers(6), impliedVolatility: numbers(7) });
    start = end;
  }
  return chains;
}

const text = `${JSON.stringify(results, null, 2)}\n`;
if (flags.out === undefined) process.stdout.write(text);
else await writeFile(flags.out, text);
