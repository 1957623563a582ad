import type { DuckDBConnection } from '@duckdb/node-api';

import type { EpochDay } from '../../core/dates.js';
import { DataError, InvariantError } from '../../core/errors.js';
import { Panel, type ColumnValues } from '../../table/panel.js';
import { eachMissing, type NumberVector } from './chunk-values.js';
import { identifier, literal } from './duckdb.js';

/** A long table in the engine, and what of it becomes a panel. */
export interface LongTable {
  /** SQL that can stand after FROM. */
  readonly from: string;
  /** Text column of instruments. */
  readonly symbol: string;
  /** Date column. */
  readonly session: string;
  /** Panel column → numeric SQL expression. */
  readonly columns: Readonly<Record<string, string>>;
  /** Float32 columns instead of Float64. */
  readonly float32?: boolean;
}

interface Axes {
  /** Ascending. */
  readonly symbols: readonly string[];
  /** Ascending epoch days. */
  readonly sessions: Int32Array;
}

/**
 * The instruments and days that a long table holds, both ascending.
 * @throws DataError when a row lacks one of them
 */
export async function readAxes(connection: DuckDBConnection, { from, symbol, session }: LongTable): Promise<Axes> {
  const distinct = async (expression: string): Promise<readonly unknown[]> => (await connection.runAndReadAll(`select distinct ${expression} from ${from} order by 1`)).getColumns()[0] ?? [];
  const symbols = await distinct(identifier(symbol));
  const days = await distinct(`cast(${identifier(session)} as date) - date '1970-01-01'`);
  if (symbols.includes(null) || days.includes(null)) throw new DataError(`expected "${symbol}" and "${session}" in every row, found a row without`, { code: 'MISSING_KEY', fields: { symbol, session } });
  return { symbols: symbols as string[], sessions: Int32Array.from(days as bigint[], Number) };
}

/**
 * A long table as a panel of Float64 columns (or Float32); rows outside the axes are an error, absent ones NaN.
 *
 * Instruments become numbers inside the engine (the codes of an enumeration: its vectors themselves would carry all names
 * with each chunk), so that no text crosses into JavaScript. The engine's vectors are read in place and scattered to their
 * rows. The engine finishes the whole result first: as large as the panel again, but faster than handing over two thousand
 * rows at a time, and an error in the middle is not lost.
 */
export async function scatterPanel(connection: DuckDBConnection, table: LongTable, { symbols, sessions }: Axes): Promise<Panel> {
  const width = sessions.length;
  const names = Object.keys(table.columns);
  const Type = table.float32 ? Float32Array : Float64Array;
  const columns = names.map(() => new Type(symbols.length * width).fill(Number.NaN));
  if (symbols.length > 0 && width > 0) {
    const position = sessionPositions(sessions);
    await connection.run(`create or replace temp type panel_symbol as enum (${symbols.map(literal).join(', ')})`);
    const values = names.map((name) => `cast(${table.columns[name]} as ${table.float32 ? 'float' : 'double'})`);
    const sql = `select cast(enum_code(cast(${identifier(table.symbol)} as panel_symbol)) as integer), cast(${identifier(table.session)} as date), ${values.join(', ')} from ${table.from}`;
    const result = await connection.run(sql);
    for (let i = 0; i < result.chunkCount; i++) {
      const chunk = result.getChunk(i);
      const vector = (index: number): NumberVector => chunk.getColumnVector(index) as unknown as NumberVector;
      const target = targetRows(vector(0).items, vector(1).items, width, position);
      for (let k = 0; k < columns.length; k++) scatter(columns[k], target, vector(2 + k));
    }
  }
  return new Panel({ symbols, sessions, columns: Object.fromEntries(names.map((name, k) => [name, columns[k]])) });
}

interface Positions {
  readonly first: EpochDay;
  /** Position of each day since `first`, −1 for days that are no session of the panel. */
  readonly index: Int32Array;
}

function sessionPositions(sessions: Int32Array): Positions {
  const first = sessions[0];
  const index = new Int32Array(sessions[sessions.length - 1] - first + 1).fill(-1);
  sessions.forEach((day, t) => (index[day - first] = t));
  return { first, index };
}

const target = new Int32Array(2048); // one engine chunk; reused, because a chunk is consumed before the next is fetched

function targetRows(codes: ArrayLike<number>, days: ArrayLike<number>, width: number, { first, index }: Positions): Int32Array {
  const rows = codes.length <= target.length ? target.subarray(0, codes.length) : new Int32Array(codes.length);
  for (let i = 0; i < rows.length; i++) {
    const t = index[days[i] - first];
    if (t === undefined || t < 0) throw new InvariantError(`expected only days of the panel's axis, found epoch day ${days[i]}`);
    rows[i] = codes[i] * width + t;
  }
  return rows;
}

function scatter(column: ColumnValues, rows: Int32Array, vector: NumberVector): void {
  const { items } = vector;
  for (let i = 0; i < rows.length; i++) column[rows[i]] = items[i];
  // looking for missing values here is a third faster than letting the engine turn each value into NaN or itself
  eachMissing(vector, rows.length, (i) => (column[rows[i]] = Number.NaN));
}
