import type { DuckDBConnection } from '@duckdb/node-api';

import type { DatasetSchema } from '../datasets.js';
import { identifier, parquetTable, rows } from './duckdb.js';
import type { ImportFinding } from './manifest.js';

/**
 * Rows to be merged that say something else under a key that is stored: the past as it was known is overwritten.
 *
 * A restatement has a filing of its own, hence another key; what replaces a filed figure in place makes every evening
 * before look as if it had known better. The rows are stored all the same, as vendors do correct themselves.
 *
 * @param stored Parquet files of the dataset
 */
export async function findRewritten(connection: DuckDBConnection, schema: DatasetSchema, stored: readonly string[]): Promise<ImportFinding[]> {
  if (stored.length === 0) return [];
  const same = (name: string): string => `staged.${identifier(name)} is not distinct from existing.${identifier(name)}`;
  const others = Object.keys(schema.fields).filter((name) => !schema.key.includes(name));
  const from = `staged join ${parquetTable(...stored)} existing on ${schema.key.map(same).join(' and ')} where not (${others.map(same).join(' and ')})`;
  const shown = schema.key.map((name) => `coalesce(cast(staged.${identifier(name)} as varchar), '–')`).join(` || ' ' || `);
  const found = await rows(connection, `select count(*) over () as n, ${shown} as example from ${from} order by 2 limit 5`);
  return found.length === 0 ? [] : [{ rule: 'rewritten-row', policy: 'repair', count: Number(found[0]['n']), examples: found.map(({ example }) => String(example)) }];
}
