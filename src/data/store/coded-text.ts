import type { DuckDBConnection } from '@duckdb/node-api';

import { identifier, literal } from './duckdb.js';

/** A text column as small numbers: positions in `names`. */
export interface CodedText {
  /** Ascending; a missing text is the empty one. */
  readonly names: readonly string[];
  /** SQL of the code of a row. */
  readonly code: string;
}

/**
 * Lets a query hand over a column of few distinct texts as numbers, since text crosses from the engine one value at a time.
 *
 * @param from SQL that can stand after FROM
 */
export async function codedText(connection: DuckDBConnection, from: string, column: string): Promise<CodedText> {
  const text = `coalesce(${identifier(column)}, '')`;
  const [names = []] = (await connection.runAndReadAll(`select distinct ${text} from ${from} order by 1`)).getColumns() as string[][];
  if (names.length === 0) return { names, code: '0' };
  const type = identifier(`coded_${column}`);
  await connection.run(`create or replace temp type ${type} as enum (${names.map(literal).join(', ')})`);
  return { names, code: `cast(enum_code(cast(${text} as ${type})) as integer)` };
}
