import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';

import type { EpochDay } from '../../core/dates.js';
import { InvariantError } from '../../core/errors.js';
import { Panel } from '../../table/panel.js';
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
}

interface Axes {
  /** Ascending. */
  readonly symbols: readonly string[];
  /** Ascending epoch days. */
  readonly sessions: Int32Array;
}

/** The instruments and days that a long table holds, both ascending. */
export async function readAxes(connection: DuckDBConnection, { from, symbol, session }: LongTable): Promise<Axes> {
  const symbols = (await connection.runAndReadAll(`select distinct ${identifier(symbol)} from ${from} order by 1`)).getColumns()[0] as string[] | undefined;
  const days = (await connection.runAndReadAll(`select distinct cast(${identifier(session)} as date) - date '1970-01-01' from ${from} order by 1`)).getColumns()[0];
  return { symbols: symbols ?? [], sessions: Int32Array.from((days ?? []) as number[], Number) };
}

/**
 * A long table as a panel of Float64 columns; rows outside the axes are an error, absent ones NaN.
 *
 * Instruments become numbers inside the engine (the codes of an enumeration: its vectors themselves would carry all names
 * with each chunk), so that no text crosses into JavaScript. The engine's vectors are read in place and scattered to their
 * rows while it already works on the next chunk.
 */
export async function scatterPanel(connection: DuckDBConnection, table: LongTable, { symbols, sessions }: Axes): Promise<Panel> {
  const width = sessions.length;
  const names = Object.keys(table.columns);
  const columns = names.map(() => new Float64Array(symbols.length * width).fill(Number.NaN));
  if (symbols.length > 0 && width > 0) {
    const position = sessionPositions(sessions);
    await connection.run(`create or replace temp macro panel_missing() as cast('nan' as double)`);
    await connection.run('drop type if exists panel_symbol');
    await connection.run(`create type panel_symbol as enum (${symbols.map(literal).join(', ')})`);
    const values = names.map((name) => `coalesce(cast(${table.columns[name]} as double), panel_missing())`);
    const result = await connection.stream(`select cast(enum_code(cast(${identifier(table.symbol)} as panel_symbol)) as integer), cast(${identifier(table.session)} as date), ${values.join(', ')} from ${table.from}`);
    await eachChunk(result, (chunk) => {
      const vector = (index: number): ArrayLike<number> => (chunk.getColumnVector(index) as unknown as { items: ArrayLike<number> }).items;
      const target = targetRows(vector(0), vector(1), width, position);
      for (let k = 0; k < columns.length; k++) scatter(columns[k], target, vector(2 + k));
    });
  }
  return new Panel({ symbols, sessions, columns: Object.fromEntries(names.map((name, k) => [name, columns[k]])) });
}

/** Visits every chunk while the engine fetches the next one; never leaves a fetch behind, also when the visit fails. */
async function eachChunk(result: DuckDBResult, visit: (chunk: DuckDBDataChunk) => void): Promise<void> {
  let fetching = result.fetchChunk();
  try {
    for (;;) {
      const chunk = await fetching;
      if (!chunk || chunk.rowCount === 0) return;
      fetching = result.fetchChunk();
      visit(chunk);
    }
  } finally {
    await fetching.catch(() => null);
  }
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

function scatter(column: Float64Array, rows: Int32Array, values: ArrayLike<number>): void {
  for (let i = 0; i < rows.length; i++) column[rows[i]] = values[i]!;
}
