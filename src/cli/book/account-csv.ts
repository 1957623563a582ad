import type { IsoDate } from '../../core/dates.js';
import type { SymbolHistory } from '../../data/symbol-history.js';
import type { Book, Position } from '../../portfolio/book.js';
import { fromCents } from '../../portfolio/cents.js';
import { csvOf, type CsvColumn } from '../../report/csv/csv-text.js';

/** The cash alone is no position. */
type Row = { readonly cash: number } | { readonly position: Position };

const ofPosition = (value: (position: Position) => string | number | null) => (row: Row) => ('position' in row ? value(row.position) : null);

/** A book as an account file: positions by instrument with all that their plans say, and the line CASH; orders that wait are not in it. */
export function accountCsv({ session, cash, positions }: Pick<Book, 'cash' | 'positions'> & { readonly session: IsoDate }, history: SymbolHistory): string {
  const columns: readonly CsvColumn<Row>[] = [
    ['as_of', () => session],
    ['instrument', ofPosition(({ symbol }) => symbol)],
    ['symbol', (row) => ('position' in row ? history.listedAt(row.position.symbol, session) : 'CASH')],
    ['shares', (row) => ('position' in row ? row.position.shares : row.cash)],
    ['entry_session', ofPosition(({ entrySession }) => entrySession)],
    ['entry_price', ofPosition(({ entryPrice }) => entryPrice)],
    ['stop_price', ofPosition(({ stop }) => stop)],
    ['target_price', ofPosition(({ target }) => target)],
    ['horizon_sessions', ofPosition(({ horizon }) => horizon)],
    ['trailing_distance_price', ofPosition(({ trailing }) => trailing)],
    ['highest_close_price', ofPosition(({ high }) => high)],
    ['cost_money', ofPosition(({ cost }) => fromCents(cost))],
  ];
  return csvOf(columns, [...positions.map((position) => ({ position })), { cash: fromCents(cash) }]);
}
