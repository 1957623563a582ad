import { DataType, DateDay, DateUnit, Dictionary, Float32, Float64, Int32, Table, Utf8, Vector, makeData, vectorFromArray } from 'apache-arrow';

import { InvariantError } from '../core/errors.js';
import { Panel, type ColumnValues } from './panel.js';

/**
 * A panel as a long Arrow table: `symbol` (dictionary), `session` (date), then the panel's columns.
 *
 * Rows are symbol-major, which is how a panel lies in memory: its columns are shared, not copied. NaN stays NaN.
 */
export function toArrow(panel: Panel): Table {
  const width = panel.sessions.length;
  const size = panel.symbols.length * width;
  const codes = new Int32Array(size);
  const days = new Int32Array(size);
  panel.symbols.forEach((_, row) => {
    codes.fill(row, row * width, (row + 1) * width);
    days.set(panel.sessions, row * width);
  });
  const dictionary = vectorFromArray([...panel.symbols], new Utf8());
  const symbol = new Vector([makeData({ type: new Dictionary(new Utf8(), new Int32(), 0), length: size, nullCount: 0, data: codes, dictionary })]);
  const session = new Vector([makeData({ type: new DateDay(), length: size, nullCount: 0, data: days })]);
  const columns = Object.fromEntries(panel.columnNames.map((name) => [name, columnVector(panel.column(name))]));
  return new Table({ symbol, session, ...columns });
}

function columnVector(values: ColumnValues): Vector<Float64 | Float32> {
  return values instanceof Float32Array
    ? new Vector([makeData({ type: new Float32(), length: values.length, nullCount: 0, data: values })])
    : new Vector([makeData({ type: new Float64(), length: values.length, nullCount: 0, data: values })]);
}

/**
 * A long Arrow table with `symbol` and `session` columns as a panel; other columns must be Float64 or Float32.
 *
 * Where the rows already are a full symbol-major grid in one batch, as `toArrow` makes them, columns are shared; otherwise
 * they are scattered into new ones. Null becomes NaN.
 * @throws InvariantError when keys are missing, repeated or of another type
 */
export function fromArrow(table: Table): Panel {
  const { symbols, codes } = symbolCodes(table);
  const days = sessionDays(table);
  const sessions = Int32Array.from([...new Set(days)].sort((a, b) => a - b));
  const position = new Map<number, number>();
  sessions.forEach((day, t) => position.set(day, t));
  const target = Int32Array.from(codes, (code, i) => code * sessions.length + position.get(days[i])!);
  const size = symbols.length * sessions.length;
  const isGrid = target.length === size && target.every((row, i) => row === i);
  if (!isGrid) requireUniqueRows(target, size);
  const columns: Record<string, ColumnValues> = {};
  for (const field of table.schema.fields) {
    if (field.name === 'symbol' || field.name === 'session') continue;
    const vector = table.getChild(field.name)!;
    columns[field.name] = isGrid && vector.nullCount === 0 && vector.data.length === 1 ? shared(vector, field.name) : scattered(vector, field.name, target, size);
  }
  return new Panel({ symbols, sessions, columns });
}

function isFloatArray(values: unknown): values is ColumnValues {
  return values instanceof Float64Array || values instanceof Float32Array;
}

function floatArray(vector: Vector, name: string): ColumnValues {
  const values: unknown = vector.toArray();
  if (!isFloatArray(values)) throw new InvariantError(`expected Float64 or Float32, found ${String(vector.type)} in Arrow column "${name}"`, { code: 'BAD_COLUMN_TYPE', fields: { name } });
  return values;
}

const shared = floatArray;

function scattered(vector: Vector, name: string, target: Int32Array, size: number): ColumnValues {
  const values = floatArray(vector, name);
  const column = (values instanceof Float32Array ? new Float32Array(size) : new Float64Array(size)).fill(Number.NaN);
  for (let i = 0; i < target.length; i++) column[target[i]] = vector.nullCount > 0 && !vector.isValid(i) ? Number.NaN : values[i];
  return column;
}

function symbolCodes(table: Table): { symbols: string[]; codes: Int32Array } {
  const vector = table.getChild('symbol');
  if (!vector) throw new InvariantError(`expected columns "symbol" and "session", found ${table.schema.fields.map((field) => field.name).join(', ')} in an Arrow table`);
  const listed: string[] = [];
  const code = new Map<string, number>();
  const raw = new Int32Array(table.numRows);
  for (let i = 0; i < raw.length; i++) {
    const symbol: unknown = vector.get(i);
    if (typeof symbol !== 'string') throw new InvariantError(`expected text, found ${String(symbol)} in row ${i} of Arrow column "symbol"`);
    if (!code.has(symbol)) code.set(symbol, listed.push(symbol) - 1);
    raw[i] = code.get(symbol)!;
  }
  return { symbols: listed, codes: raw };
}

function sessionDays(table: Table): Int32Array {
  const vector = table.getChild('session');
  if (!vector || !isDay(vector)) throw new InvariantError(`expected a date column "session", found ${vector ? String(vector.type) : 'none'} in an Arrow table`, { code: 'BAD_COLUMN_TYPE', fields: { name: 'session' } });
  if (vector.nullCount > 0) throw new InvariantError(`expected no missing value, found ${vector.nullCount} in Arrow column "session"`);
  const days = new Int32Array(vector.length);
  let offset = 0;
  // the stored day numbers: the vector itself would answer in milliseconds
  for (const { values, length } of vector.data) {
    days.set((values as Int32Array).subarray(0, length), offset);
    offset += length;
  }
  return days;
}

/** By its number, since a table that was read from bytes, or made by another copy of the package, has other classes. */
function isDay({ type }: Vector): boolean {
  return DataType.isDate(type) && type.unit === DateUnit.DAY;
}

function requireUniqueRows(target: Int32Array, size: number): void {
  const seen = new Uint8Array(size);
  for (const row of target) {
    if (seen[row]) throw new InvariantError('expected one row a symbol and session, found a repeated one in an Arrow table', { code: 'DUPLICATE_ROW' });
    seen[row] = 1;
  }
}
