import type { IsoDate } from '../core/dates.js';
import { literal, rows } from './store/duckdb.js';
import type { Store } from './store/store.js';

/** From `start` until the day before `end`, `listed` was the symbol of the instrument `symbol`. */
export interface SymbolSpan {
  readonly listed: string;
  readonly symbol: string;
  readonly start: IsoDate;
  readonly end: IsoDate | null;
}

/** Which ticker symbol stood for which instrument when; a symbol without an entry stands for itself. */
export class SymbolHistory {
  readonly spans: readonly SymbolSpan[];

  constructor(spans: readonly SymbolSpan[]) {
    this.spans = spans;
  }

  /** The instrument that a symbol meant on a date: `FB` in 2018 is `META`. */
  instrumentAt(listed: string, date: IsoDate): string {
    return this.spans.find((span) => span.listed === listed && span.start <= date && (span.end === null || date < span.end))?.symbol ?? listed;
  }

  /** The symbol under which an instrument traded on a date: `META` in 2018 was `FB`. */
  listedAt(symbol: string, date: IsoDate): string {
    return this.spans.find((span) => span.symbol === symbol && span.start <= date && (span.end === null || date < span.end))?.listed ?? symbol;
  }
}

/** Symbol history in the store; an empty one when it holds none. */
export async function readSymbolHistory(store: Store, symbols?: readonly string[]): Promise<SymbolHistory> {
  return store.query(async (connection, manifest) => {
    if (!manifest.datasets['symbol_history']?.rows) return new SymbolHistory([]);
    const among = symbols === undefined ? '' : ` where symbol in (${symbols.map(literal).join(', ')}) or listed_symbol in (${symbols.map(literal).join(', ')})`;
    const found = await rows(connection, `select listed_symbol as listed, symbol, cast(start_date as varchar) as start, cast(end_date as varchar) as end from symbol_history${among} order by listed_symbol, start_date`);
    return new SymbolHistory(found as unknown as SymbolSpan[]);
  });
}
