import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Panel } from '../../../src/table/panel.js';

const FIELDS = ['open', 'high', 'low', 'close', 'volume', 'adjusted_close'] as const;
const COMMON = resolve(process.env['SWINGLAB_REALDATA'] ?? '../shared/data');

/** Path of a real price file, or `null` (with the reason printed) when this machine does not have it. */
export function realPrices(name: string): string | null {
  const path = join(COMMON, 'equities', `${name}.parquet`);
  if (existsSync(path)) return path;
  console.log(`skipped: expected real prices at ${path} (set SWINGLAB_REALDATA), found no such file`);
  return null;
}

/** Bars of a price file (ticker, date, open, high, low, close, adj_close, volume) as a panel; the sessions are the dates that occur in it. */
export async function loadPanel(path: string): Promise<Panel> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const list = async (column: string): Promise<unknown[]> => {
    const result = await connection.runAndReadAll(`select distinct ${column} as item from read_parquet($path) order by 1`, { path });
    return result.getRows().map((row) => row[0]);
  };
  const symbols = (await list('ticker')) as string[];
  const sessions = Int32Array.from((await list("date_diff('day', date '1970-01-01', date)")) as unknown[], Number);
  await connection.run(`create type symbol as enum (${symbols.map((symbol) => `'${symbol.replaceAll("'", "''")}'`).join(', ')})`);
  const columns = Object.fromEntries(FIELDS.map((name) => [name, new Float64Array(symbols.length * sessions.length).fill(Number.NaN)]));
  const at = new Map(Array.from(sessions, (day, t) => [day, t]));
  const stream = await connection.stream(
    `select enum_code(ticker::symbol)::integer, date_diff('day', date '1970-01-01', date)::integer, open, high, low, close, volume::double, adj_close from read_parquet($path)`,
    { path },
  );
  for (let chunk = await stream.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await stream.fetchChunk()) {
    const vectors = Array.from({ length: 8 }, (_, i) => chunk!.getColumnVector(i) as unknown as { items: ArrayLike<number>; validity: { itemValid(i: number): boolean } });
    for (let i = 0; i < chunk.rowCount; i++) {
      const cell = vectors[0]!.items[i]! * sessions.length + at.get(vectors[1]!.items[i]!)!;
      FIELDS.forEach((name, k) => {
        const vector = vectors[k + 2]!;
        if (vector.validity.itemValid(i)) columns[name]![cell] = vector.items[i]!;
      });
    }
  }
  connection.closeSync();
  instance.closeSync();
  return new Panel({ symbols, sessions, columns });
}
