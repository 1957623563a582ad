import { join } from 'node:path';

import { DataError } from '../../core/errors.js';
import { RECORDS } from '../records.js';
import { parquetTable, rows, withDuckDB } from './duckdb.js';
import type { Manifest } from './manifest.js';

/** A column of our own records that an earlier version did not keep, when a query may have failed for the lack of it; else `null`. */
export async function findLackingColumn(error: unknown, folder: string, { datasets }: Manifest): Promise<DataError | null> {
  if (!(error instanceof Error) || !error.message.startsWith('Binder Error')) return null;
  return withDuckDB(async (connection) => {
    for (const [name, { fields }] of Object.entries(RECORDS)) {
      for (const { path } of datasets[name]?.partitions ?? []) {
        const kept = new Set((await rows(connection, `describe select * from ${parquetTable(join(folder, path))}`)).map((row) => row['column_name']));
        const lacking = Object.keys(fields).find((field) => !kept.has(field));
        if (lacking !== undefined) return lackingColumn(folder, name, lacking);
      }
    }
    return null;
  });
}

function lackingColumn(folder: string, dataset: string, column: string): DataError {
  const mend = 'move the store away, fill a new one with swing ingest, and bring what is held into it with swing book import';
  return new DataError(`expected the column "${column}" in "${dataset}" of the store "${folder}", found none: an earlier version of swinglab kept this record without it; ${mend}`, { code: 'OLD_RECORD', fields: { dataset, column } });
}
