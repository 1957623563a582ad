import { table as arqueroTable, type ColumnTable } from 'arquero';

import { fromEpochDay, isoDate, toEpochDay } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import { Panel, type ColumnValues } from './panel.js';

/** A panel as a long arquero table: `symbol`, `session` (yyyy-mm-dd), then the panel's columns, which are shared. */
export function toArquero(panel: Panel): ColumnTable {
  const width = panel.sessions.length;
  const dates = Array.from(panel.sessions, fromEpochDay);
  const symbol = panel.symbols.flatMap((name) => new Array<string>(width).fill(name));
  const session = panel.symbols.flatMap(() => dates);
  return arqueroTable({ symbol, session, ...Object.fromEntries(panel.columnNames.map((name) => [name, panel.column(name)])) });
}

/**
 * A long arquero table with `symbol` and `session` as a panel; numeric columns only, null and undefined become NaN.
 *
 * A column that is a Float32Array stays Float32, every other one becomes Float64.
 * @throws InvariantError when keys are missing or repeated, or a value is not a number
 */
export function fromArquero(table: ColumnTable): Panel {
  for (const key of ['symbol', 'session']) {
    if (!table.columnNames().includes(key)) throw new InvariantError(`expected columns "symbol" and "session", found ${table.columnNames().join(', ')} in an arquero table`);
  }
  const symbolOf = Array.from(table.array('symbol') as ArrayLike<unknown>, textAt);
  const dateOf = (table.array('session') as string[]).map((date, i) => isoDate(date, `row ${i} of column "session"`));
  const symbols = [...new Set(symbolOf)];
  const dates = [...new Set(dateOf)].sort();
  const rowOf = new Map(symbols.map((symbol, row) => [symbol, row]));
  const positionOf = new Map(dates.map((date, t) => [date, t]));
  const target = symbolOf.map((symbol, i) => rowOf.get(symbol)! * dates.length + positionOf.get(dateOf[i])!);
  if (new Set(target).size !== target.length) throw new InvariantError('expected one row a symbol and session, found a repeated one in an arquero table', { code: 'DUPLICATE_ROW' });
  const columns: Record<string, ColumnValues> = {};
  for (const name of table.columnNames()) {
    if (name !== 'symbol' && name !== 'session') columns[name] = scatterColumn(table, name, target, symbols.length * dates.length);
  }
  return new Panel({ symbols, sessions: Int32Array.from(dates, toEpochDay), columns });
}

function textAt(value: unknown, row: number): string {
  if (typeof value !== 'string') throw new InvariantError(`expected text, found ${JSON.stringify(value)} in row ${row} of column "symbol"`, { code: 'BAD_COLUMN_TYPE', fields: { name: 'symbol' } });
  return value;
}

function scatterColumn(table: ColumnTable, name: string, target: readonly number[], size: number): ColumnValues {
  const values = table.array(name) as ArrayLike<unknown>;
  const column = (table.column(name) instanceof Float32Array ? new Float32Array(size) : new Float64Array(size)).fill(Number.NaN);
  for (let i = 0; i < target.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (typeof value !== 'number') throw new InvariantError(`expected a number, found ${JSON.stringify(value)} in row ${i} of column "${name}"`, { code: 'BAD_COLUMN_TYPE', fields: { name } });
    column[target[i]] = value;
  }
  return column;
}
