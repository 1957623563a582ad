import type { DuckDBConnection } from '@duckdb/node-api';

import { fromEpochDay, type EpochDay } from '../../core/dates.js';
import { rows } from '../store/duckdb.js';
import type { Manifest } from '../store/manifest.js';
import { SymbolHistory, type SymbolSpan } from '../symbol-history.js';

/** The instrument whose rows stand under a symbol on a day. */
export type InstrumentOf = (symbol: string, day: EpochDay) => string;

/**
 * Which instrument a row belongs to: a symbol that is an instrument stands for itself (files of company data use the latest
 * symbols), any other for what it meant on that day.
 */
export async function instrumentsOf(connection: DuckDBConnection, { datasets }: Manifest): Promise<InstrumentOf> {
  if (!datasets['symbol_history']?.rows) return (symbol) => symbol;
  const spans = await rows(connection, 'select listed_symbol as listed, symbol, cast(start_date as varchar) as start, cast(end_date as varchar) as end from symbol_history order by listed_symbol, start_date');
  const history = new SymbolHistory(spans as unknown as SymbolSpan[]);
  const members = datasets['membership']?.rows ? await rows(connection, 'select distinct symbol from membership') : [];
  const instruments = new Set([...history.spans.map(({ symbol }) => symbol), ...members.map(({ symbol }) => String(symbol))]);
  const listed = new Set(history.spans.map((span) => span.listed).filter((symbol) => !instruments.has(symbol)));
  return (symbol, day) => (listed.has(symbol) ? history.instrumentAt(symbol, fromEpochDay(day)) : symbol);
}
