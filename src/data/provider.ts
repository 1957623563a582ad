import type { IsoDate } from '../core/dates.js';
import type { DatasetName } from './datasets.js';

/** Values of one column of a batch: numbers and dates as typed arrays, text with `null` for missing. */
export type BatchColumn = Float64Array | Int32Array | Uint8Array | readonly (string | null)[];

/**
 * Some rows of a dataset, column by column, in the form of `DATASETS`.
 *
 * `number` and `timestamp` are Float64Array (NaN missing), `date` Int32Array of epoch days (`MISSING_DATE` missing),
 * `boolean` Uint8Array, `text` an array of strings. Optional columns may be absent.
 */
export interface Batch {
  readonly rowCount: number;
  readonly columns: Readonly<Record<string, BatchColumn>>;
}

/** How a missing date stands in an Int32Array of epoch days. */
export const MISSING_DATE = -2_147_483_648;

/**
 * What to fetch; absent parts mean everything the provider has.
 *
 * `symbols` are instruments. The span, both ends inclusive, is one of sessions (bars, option_chains, option_underlyings), ex-dates, observation
 * dates, report dates, or UTC days (news by `first_seen_at`, fundamentals and filings by `filed_at`); datasets of intervals
 * and reference data come whole, whatever the span.
 */
export interface DataRequest {
  readonly symbols?: readonly string[];
  readonly start?: IsoDate;
  readonly end?: IsoDate;
  /** Macro only. */
  readonly series?: readonly string[];
}

/** Whether a request asks for everything. */
export function isWhole(request: DataRequest): boolean {
  return Object.values(request).every((part) => part === undefined);
}

export interface FetchOptions {
  readonly signal?: AbortSignal;
}

/** How prices are stated by a source. */
export type PriceBasis = 'raw' | 'split-adjusted' | 'total-return';

/** Where rows come from and what one may do with them; kept in the manifest and shown on reports. */
export interface Provenance {
  readonly source: string;
  readonly licence: string;
  /** Bars only. */
  readonly priceBasis?: PriceBasis;
  readonly notes?: readonly string[];
}

/**
 * A source of market data: a vendor or files.
 *
 * A provider declares the datasets it can deliver; asking for another one is an error before anything is fetched.
 * It delivers rows as known at the source; when they become usable stands in their columns (`available_at`,
 * `first_seen_at`, `filed_at`) or follows from the session. It never touches the network before `fetch` is iterated,
 * honours `signal`, and throws `ProviderError` (`retryable` where waiting may help) or `DataError`.
 */
export interface MarketDataProvider {
  readonly name: string;
  readonly capabilities: readonly DatasetName[];
  provenance(dataset: DatasetName): Provenance;
  /** Equal fingerprints, equal rows: what is already stored need not be fetched again. Sources that cannot tell leave it out. */
  fingerprint?(dataset: DatasetName): Promise<string>;
  fetch(dataset: DatasetName, request: DataRequest, options?: FetchOptions): AsyncIterable<Batch>;
}
