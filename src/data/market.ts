import { XNYS } from '../core/calendar.js';
import { isoDate, toEpochDay, type IsoDate } from '../core/dates.js';
import { ConfigError, DataError } from '../core/errors.js';
import { hashJson } from '../core/hash.js';
import type { Panel } from '../table/panel.js';
import type { CorporateAction } from './adjust.js';
import { readCheckedBars } from './checked-bars.js';
import type { QualityPolicies } from './quality/inspect.js';
import type { QualityFinding } from './quality/finding.js';
import type { PriceBasis } from './provider.js';
import type { Manifest } from './store/manifest.js';
import { requireDataset, type Store } from './store/store.js';
import { readSymbolHistory, type SymbolHistory } from './symbol-history.js';
import { readUniverse, type Universe } from './universe.js';

export interface MarketRequest {
  /** The session we stand in: nothing later is read. */
  readonly asOf: IsoDate;
  /** Sessions of history. */
  readonly history: number;
  readonly universe: string;
  /** Only these: symbols of the day or instruments. */
  readonly symbols?: readonly string[];
  /** Instruments wanted besides the members, such as those held. */
  readonly held?: readonly string[];
  readonly policies?: QualityPolicies;
}

/** Everything about prices and membership that is known at the decision time of a session. */
export interface Market {
  readonly asOf: IsoDate;
  /** Columns of `CheckedBars`; sessions end at `asOf`. */
  readonly bars: Panel;
  readonly universe: Universe;
  /** Members on `asOf`, instruments; cut to `symbols` when given. */
  readonly members: readonly string[];
  readonly symbolHistory: SymbolHistory;
  readonly findings: readonly QualityFinding[];
  readonly priceBasis: PriceBasis;
  /** Splits and dividends of raw prices up to `asOf`, by instrument. */
  readonly actions: ReadonlyMap<string, readonly CorporateAction[]>;
  readonly sources: readonly MarketSource[];
  /** Changes whenever any of the market datasets does. */
  readonly dataHash: string;
}

export interface MarketSource {
  readonly dataset: string;
  readonly source: string;
  readonly licence: string;
  readonly rows: number;
  readonly contentHash: string;
  readonly lastDate: IsoDate | null;
  readonly notes: readonly string[];
}

/** Datasets that can influence a decision. */
export const MARKET_DATASETS = ['bars', 'actions', 'membership', 'symbol_history', 'reference', 'macro', 'fundamentals', 'earnings', 'filings', 'option_chains', 'option_underlyings'] as const;

/** Hash of the market data in a store. */
export function marketDataHash(manifest: Manifest): string {
  const { datasets } = manifest;
  return hashJson(Object.fromEntries(MARKET_DATASETS.flatMap((name) => (datasets[name] ? [[name, { content: datasets[name].contentHash, priceBasis: datasets[name].priceBasis }]] : []))));
}

/**
 * Reads, adjusts and checks the bars of everyone who was a member during the history, up to `asOf` and not beyond.
 * @throws ConfigError for a day that is no session or an unknown symbol; DataError when the store has no bars for it
 */
export async function loadMarket(store: Store, request: MarketRequest): Promise<Market> {
  const { asOf } = request;
  const manifest = await store.manifest();
  const entry = requireDataset(manifest, 'bars', store.folder);
  requireSessionInStore(asOf, isoDate(entry.firstDate!), isoDate(entry.lastDate!));
  const universe = await readUniverse(store, request.universe);
  const symbolHistory = await readSymbolHistory(store);
  const start = historyStart(asOf, request.history, isoDate(entry.firstDate!));
  const chosen = request.symbols && resolveSymbols(request.symbols, universe, symbolHistory, asOf);
  const wanted = new Set([...universe.membersDuring(start, asOf), ...(chosen ?? []), ...(request.held ?? [])]);
  const { bars, findings, priceBasis, actions } = await readCheckedBars(store, { symbols: [...wanted].sort(), start, end: asOf, allowMissing: true }, request.policies);
  if (bars.symbols.length === 0) throw new DataError(`expected bars of members of "${request.universe}" between ${start} and ${asOf}, found none`, { code: 'NO_BARS', fields: { universe: request.universe } });
  const members = universe.membersAt(asOf).filter((symbol) => !chosen || chosen.includes(symbol));
  return { asOf, bars, universe, members, symbolHistory, findings, priceBasis, actions, sources: marketSources(manifest), dataHash: marketDataHash(manifest) };
}

/** Where the calendar begins. */
const CALENDAR_START = isoDate('1990-01-01');

/**
 * Checks that the exchange was open on a day, before anything is done for it.
 * @throws ConfigError `NOT_A_SESSION`
 */
export function requireExchangeDay(asOf: IsoDate): void {
  if (asOf < CALENDAR_START) throw new ConfigError(`expected an XNYS session from ${CALENDAR_START} on, found ${asOf}`, { code: 'NOT_A_SESSION', fields: { asOf } });
  if (!XNYS.isSession(asOf)) throw new ConfigError(`expected an XNYS session, found ${asOf}, when the exchange was closed; the sessions around it are ${XNYS.previous(asOf)} and ${XNYS.next(asOf)}`, { code: 'NOT_A_SESSION', fields: { asOf } });
}

/** @throws ConfigError, DataError unless it is a session that the store has bars for */
export function requireSessionInStore(asOf: IsoDate, first: IsoDate, last: IsoDate): void {
  requireExchangeDay(asOf);
  if (asOf < first || asOf > last) throw new DataError(`expected bars up to session ${asOf}, found bars from ${first} to ${last} in the store; import newer data or choose a session within`, { code: 'NO_SESSION', fields: { asOf, first, last } });
}

/** First session of a history of so many sessions, or the first that the store has bars for. */
export function historyStart(asOf: IsoDate, history: number, first: IsoDate): IsoDate {
  const available = XNYS.count(first, asOf) + 1;
  return XNYS.shift(asOf, 1 - Math.min(history, available));
}

/** @throws ConfigError for one that was never a member */
export function resolveSymbols(symbols: readonly string[], universe: Universe, history: SymbolHistory, asOf: IsoDate): string[] {
  const known = new Set(universe.intervals.map(({ symbol }) => symbol));
  return symbols.map((symbol) => {
    const written = symbol.toUpperCase().replaceAll(/[./ ]/g, '-');
    const instrument = known.has(written) ? written : history.instrumentAt(written, asOf);
    if (!known.has(instrument)) throw new ConfigError(`expected symbols that were at some time members of "${universe.name}", found "${symbol}"`, { code: 'UNKNOWN_SYMBOL', fields: { symbol } });
    return instrument;
  });
}

/** Where the data in a store that can influence a decision comes from. */
export function marketSources(manifest: Manifest): MarketSource[] {
  return MARKET_DATASETS.flatMap((dataset) => {
    const entry = manifest.datasets[dataset];
    if (!entry) return [];
    const { source, licence, rows, contentHash, lastDate, notes } = entry;
    return [{ dataset, source, licence, rows, contentHash, lastDate: lastDate === null ? null : isoDate(lastDate), notes }];
  });
}

/** Whether a symbol (row of the bars) was a member of the universe at a session (position), as a table. */
export function membershipTable(bars: Panel, universe: Universe): Uint8Array {
  const width = bars.sessions.length;
  const table = new Uint8Array(bars.symbols.length * width);
  for (const { symbol, start, end } of universe.intervals) {
    if (!bars.hasSymbol(symbol)) continue;
    const from = bars.indexOnOrBefore(toEpochDay(start) - 1) + 1;
    const to = end === null ? width : bars.indexOnOrBefore(toEpochDay(end) - 1) + 1;
    const offset = bars.row(symbol) * width;
    if (to > from) table.fill(1, offset + from, offset + to);
  }
  return table;
}
