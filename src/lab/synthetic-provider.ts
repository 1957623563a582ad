import { fromEpochDay, toEpochDay, type EpochDay, type IsoDate } from '../core/dates.js';
import { ConfigError } from '../core/errors.js';
import { hashJson } from '../core/hash.js';
import { createRng } from '../core/rng.js';
import type { DatasetName } from '../data/datasets.js';
import { SYNTHETIC_PROVIDER } from '../data/import.js';
import { MISSING_DATE, type Batch, type BatchColumn, type DataRequest, type MarketDataProvider } from '../data/provider.js';
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
const DAY_OF: Partial<Record<DatasetName, string>> = { bars: 'session', news: 'first_seen_at' };

const DATASETS_OF: Readonly<Record<string, (market: SyntheticMarket, universe: string) => Iterable<Rows>>> = { bars: barRows, reference: referenceRows, membership: membershipRows, news: newsRows };
const CAPABILITIES = Object.keys(DATASETS_OF) as DatasetName[];

/** A provider over a synthetic market, which is made when its first rows are asked for; every provenance says SYNTHETIC. */
export function syntheticProvider({ seed, universe, simulation = {} }: SyntheticProviderOptions): MarketDataProvider {
  const settings = settleSimulation(simulation);
  let market: SyntheticMarket | null = null;
  const known = (dataset: DatasetName): void => {
    if (!CAPABILITIES.includes(dataset)) throw new ConfigError(`expected one of the datasets ${CAPABILITIES.join(', ')} of provider "${SYNTHETIC_PROVIDER}", found "${dataset}"`, { code: 'NO_CAPABILITY', fields: { provider: SYNTHETIC_PROVIDER, dataset } });
  };
  return {
    name: SYNTHETIC_PROVIDER,
    capabilities: CAPABILITIES,
    provenance: (dataset) => {
      known(dataset);
      const notes = [`${SYNTHETIC_MARK}: made by a simulation with seed ${seed}; these companies, prices and headlines do not exist, and nothing here says anything about a real stock.`];
      return { source: `${SYNTHETIC_MARK} market, seed ${seed}`, licence: 'CC0-1.0', notes, ...(dataset === 'bars' ? { priceBasis: 'raw' as const } : {}) };
    },
    fingerprint: async (dataset) => {
      known(dataset);
      return hashJson({ revision: SIMULATION_REVISION, seed, universe, settings, dataset });
    },
    async *fetch(dataset, request, { signal } = {}) {
      known(dataset);
      signal?.throwIfAborted();
      market ??= syntheticMarket(settings, createRng(seed));
      for (const rows of DATASETS_OF[dataset](market, universe)) {
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
  const names = rows['symbol'] as readonly string[];
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

function* membershipRows({ symbols, sessions, membership }: SyntheticMarket, universe: string): Generator<Rows> {
  const { symbol, start, end } = membership;
  yield { universe: Array.from(symbol, () => universe), symbol: Array.from(symbol, (i) => symbols[i]), start_date: start.map((t) => sessions[t]), end_date: end.map((t) => (t === -1 ? MISSING_DATE : sessions[t])) };
}

function* newsRows({ symbols, sessions, news }: SyntheticMarket): Generator<Rows> {
  const symbol = Array.from(news.symbol, (i) => symbols[i]);
  yield { id: symbol.map((name, item) => `synthetic-${name}-${fromEpochDay(sessions[news.session[item]])}`), symbol, first_seen_at: news.firstSeenAt, title: news.titles, source: symbol.map(() => SYNTHETIC_MARK) };
}
