import { fromEpochDay, toEpochDay, type EpochDay, type IsoDate } from '../core/dates.js';
import { ConfigError } from '../core/errors.js';
import { hashJson } from '../core/hash.js';
import { createRng } from '../core/rng.js';
import type { DatasetName } from '../data/datasets.js';
import { SYNTHETIC_PROVIDER } from '../data/import.js';
import { MISSING_DATE, type Batch, type BatchColumn, type DataRequest, type MarketDataProvider } from '../data/provider.js';
import type { ChainColumn, OptionChain } from '../options/chain/option-chain.js';
import type { ChainsWanted } from '../simulation/options/synthetic-options.js';
import { settleSimulation, SIMULATION_REVISION, type SimulationOptions } from '../simulation/settings.js';
import { SYNTHETIC_MARK, syntheticMarket, type SyntheticMarket } from '../simulation/synthetic-market.js';

export interface SyntheticProviderOptions {
  readonly seed: number;
  /** Index that its members are said to belong to. */
  readonly universe: string;
  readonly simulation?: SimulationOptions;
}

/** The rows of a dataset, before a request restricts them. */
type Rows = Readonly<Record<string, BatchColumn>>;

const MS_PER_DAY = 86_400_000;
/** Column of the day that a request's span is one of. */
const DAY_OF: Partial<Record<DatasetName, string>> = { bars: 'session', news: 'first_seen_at', option_chains: 'session', option_underlyings: 'session' };

const DATASETS_OF: Readonly<Record<string, (market: SyntheticMarket, wanted: Wanted) => Iterable<Rows>>> = { bars: barRows, reference: referenceRows, membership: membershipRows, news: newsRows, option_chains: chainRows, option_underlyings: underlyingRows };
const OPTION_DATASETS: readonly string[] = ['option_chains', 'option_underlyings'];

interface Wanted {
  readonly universe: string;
  /** What need not be made; rows beside it are left out later all the same. */
  readonly chains: ChainsWanted;
}

/** A provider over a synthetic market, which is made when its first rows are asked for; every provenance says SYNTHETIC. */
export function syntheticProvider({ seed, universe, simulation = {} }: SyntheticProviderOptions): MarketDataProvider {
  const settings = settleSimulation(simulation);
  const capabilities = (Object.keys(DATASETS_OF) as DatasetName[]).filter((dataset) => settings.options !== null || !OPTION_DATASETS.includes(dataset));
  let market: SyntheticMarket | null = null;
  const known = (dataset: DatasetName): void => {
    if (!capabilities.includes(dataset)) throw new ConfigError(`expected one of the datasets ${capabilities.join(', ')} of provider "${SYNTHETIC_PROVIDER}", found "${dataset}"`, { code: 'NO_CAPABILITY', fields: { provider: SYNTHETIC_PROVIDER, dataset } });
  };
  return {
    name: SYNTHETIC_PROVIDER,
    capabilities,
    provenance: (dataset) => {
      known(dataset);
      const notes = [`${SYNTHETIC_MARK}: made by a simulation with seed ${seed}; these companies, prices and headlines do not exist, and nothing here says anything about a real stock.`];
      return { source: `${SYNTHETIC_MARK} market, seed ${seed}`, licence: 'CC0-1.0', notes, ...(dataset === 'bars' ? { priceBasis: 'raw' as const } : {}) };
    },
    fingerprint: async (dataset) => {
      known(dataset);
      const { options, ...others } = settings; // stocks do not depend on their options
      return hashJson({ revision: SIMULATION_REVISION, seed, universe, settings: OPTION_DATASETS.includes(dataset) ? { ...others, options } : others, dataset });
    },
    async *fetch(dataset, request, { signal } = {}) {
      known(dataset);
      signal?.throwIfAborted();
      market ??= syntheticMarket(settings, createRng(seed));
      const { symbols, start, end } = request;
      const chains = { ...(symbols && { symbols }), ...(start && { start: toEpochDay(start) }), ...(end && { end: toEpochDay(end) }) };
      for (const rows of DATASETS_OF[dataset](market, { universe, chains })) {
        signal?.throwIfAborted();
        const batch = restricted(rows, request, DAY_OF[dataset]);
        if (batch.rowCount > 0) yield batch;
      }
    },
  };
}

function restricted(rows: Rows, { symbols, start, end }: DataRequest, dayColumn: string | undefined): Batch {
  const wanted = symbols === undefined ? null : new Set(symbols);
  const [from, to] = [dayOr(start, -Infinity), dayOr(end, Infinity)];
  const names = (rows['symbol'] ?? rows['underlying']) as readonly string[];
  const days = dayColumn === undefined ? null : (rows[dayColumn] as Float64Array | Int32Array);
  const kept: number[] = [];
  for (let row = 0; row < names.length; row++) {
    const day = days === null ? null : days instanceof Float64Array ? Math.floor(days[row] / MS_PER_DAY) : days[row];
    if ((wanted === null || wanted.has(names[row])) && (day === null || (day >= from && day <= to))) kept.push(row);
  }
  if (kept.length === names.length) return { rowCount: names.length, columns: rows };
  return { rowCount: kept.length, columns: Object.fromEntries(Object.entries(rows).map(([name, values]) => [name, picked(values, kept)])) };
}

const dayOr = (date: IsoDate | undefined, otherwise: EpochDay): EpochDay => (date === undefined ? otherwise : toEpochDay(date));

function picked(values: BatchColumn, rows: readonly number[]): BatchColumn {
  if (values instanceof Float64Array) return Float64Array.from(rows, (row) => values[row]);
  if (values instanceof Int32Array) return Int32Array.from(rows, (row) => values[row]);
  if (values instanceof Uint8Array) return Uint8Array.from(rows, (row) => values[row]);
  return rows.map((row) => values[row]);
}

/** One batch a stock. */
function* barRows({ symbols, sessions, bars }: SyntheticMarket): Generator<Rows> {
  for (let i = 0; i < symbols.length; i++) {
    const at = Array.from(sessions.keys()).filter((t) => !Number.isNaN(bars.close[i * sessions.length + t]));
    const column = (values: Float64Array): Float64Array => Float64Array.from(at, (t) => values[i * sessions.length + t]);
    yield { symbol: at.map(() => symbols[i]), session: Int32Array.from(at, (t) => sessions[t]), open: column(bars.open), high: column(bars.high), low: column(bars.low), close: column(bars.close), volume: column(bars.volume) };
  }
}

function* referenceRows({ symbols, names, sectors }: SyntheticMarket): Generator<Rows> {
  yield { symbol: symbols, name: names.map((name) => `${name} (${SYNTHETIC_MARK})`), sector: sectors };
}

function* membershipRows({ symbols, sessions, membership }: SyntheticMarket, { universe }: Wanted): Generator<Rows> {
  const { symbol, start, end } = membership;
  yield { universe: Array.from(symbol, () => universe), symbol: Array.from(symbol, (i) => symbols[i]), start_date: start.map((t) => sessions[t]), end_date: end.map((t) => (t === -1 ? MISSING_DATE : sessions[t])) };
}

/** One batch a session. */
function* chainRows({ options }: SyntheticMarket, { chains: wanted }: Wanted): Generator<Rows> {
  for (const chains of options?.chains(wanted) ?? []) {
    const counts = chains.map(({ strike }) => strike.length);
    const count = counts.reduce((sum, own) => sum + own, 0);
    const starts = counts.map((_, chain) => counts.slice(0, chain).reduce((sum, own) => sum + own, 0));
    const column = <Values extends Float64Array | Int32Array>(into: Values, of: (chain: OptionChain) => ArrayLike<number>): Values => {
      chains.forEach((chain, at) => into.set(of(chain), starts[at]));
      return into;
    };
    const numbers = (name: Exclude<ChainColumn, 'impliedVolatility'>): Float64Array => column(new Float64Array(count), (chain) => chain[name]);
    yield {
      underlying: chains.flatMap(({ underlying, strike }) => Array.from(strike, () => underlying)),
      session: new Int32Array(count).fill(chains[0].session),
      expiry: column(new Int32Array(count), ({ expiry }) => expiry),
      strike: numbers('strike'),
      right: chains.flatMap(({ isCall }) => Array.from(isCall, (call) => (call === 1 ? 'call' : 'put'))),
      bid: numbers('bid'), ask: numbers('ask'), last: numbers('last'), volume: numbers('volume'), open_interest: numbers('openInterest'),
      underlying_price: column(new Float64Array(count), ({ strike, spot }) => new Float64Array(strike.length).fill(spot)),
    };
  }
}

/** Closes alone: totals of volume and open interest can be had of the chains. */
function* underlyingRows({ options, symbols, sessions, bars }: SyntheticMarket): Generator<Rows> {
  if (options === null) return;
  const stocks = Array.from(options.truth.underlyings);
  for (let t = options.first; t < sessions.length; t++) {
    const close = (stock: number): number => bars.close[stock * sessions.length + t];
    const listed = stocks.filter((stock) => !Number.isNaN(close(stock)));
    yield { underlying: listed.map((stock) => symbols[stock]), session: new Int32Array(listed.length).fill(sessions[t]), close: Float64Array.from(listed, close), is_stale: new Uint8Array(listed.length) };
  }
}

function* newsRows({ symbols, sessions, news }: SyntheticMarket): Generator<Rows> {
  const symbol = Array.from(news.symbol, (i) => symbols[i]);
  yield { id: symbol.map((name, item) => `synthetic-${name}-${fromEpochDay(sessions[news.session[item]])}`), symbol, first_seen_at: news.firstSeenAt, title: news.titles, source: symbol.map(() => SYNTHETIC_MARK) };
}
