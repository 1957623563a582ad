import { toEpochDay, type IsoDate } from '../core/dates.js';
import { RECORDS, type RecordName } from '../data/records.js';
import type { DatasetWrite } from '../data/store/write-dataset.js';
import type { Position } from '../portfolio/book.js';
import type { Cents } from '../portfolio/cents.js';
import { NO_DOCUMENT } from './evening-history.js';
import { toBatch } from './paper-book.js';

export interface ImportedBook {
  /** The account stood like this after it. */
  readonly session: IsoDate;
  readonly cash: Cents;
  readonly positions: readonly Position[];
  /** Last close of each position by instrument, quote currency; tells a later evening whether prices were restated meanwhile. */
  readonly closes?: ReadonlyMap<string, number>;
  /** At the last closes, quote currency. */
  readonly equity: number;
  /** Hash of the document of that evening, `null` when there was none. */
  readonly documentHash: string | null;
}

/**
 * Writes that put an account in place of the book after a session: cash and positions, and no waiting orders, as whatever was
 * ordered is either in the account or was not done. The evening's recommendations, fills and events stay what they were.
 */
export function importWrites({ session, cash, positions, closes, equity, documentHash }: ImportedBook): DatasetWrite[] {
  const records: Partial<Record<RecordName, Record<string, string | number>[]>> = {
    paper_account: [{ cash_cents: cash, equity, highest_equity: equity, positions: positions.length, orders: 0, document_hash: documentHash ?? NO_DOCUMENT, imported: 1 }],
    paper_positions: positions.map((p) => ({ symbol: p.symbol, shares: p.shares, entry_session: toEpochDay(p.entrySession), entry_price: p.entryPrice, cost_cents: p.cost, close: closes?.get(p.symbol) ?? Number.NaN, high: p.high ?? p.entryPrice, stop: p.stop, target: p.target, horizon: p.horizon, trail: p.trailing ?? Number.NaN })),
    paper_orders: [],
  };
  return Object.entries(records).map(([name, list]) => ({
    dataset: name,
    schema: RECORDS[name as RecordName],
    provider: 'swinglab',
    provenance: { source: 'swing book import', licence: 'own' },
    mode: { column: 'session', value: session },
    batches: [toBatch(name as RecordName, session, list)],
  }));
}
