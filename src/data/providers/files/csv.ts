import type { DuckDBConnection } from '@duckdb/node-api';

import { DataError } from '../../../core/errors.js';
import { fileError, fileLiteral, literal, rows, withDuckDB } from '../../store/duckdb.js';

/**
 * SQL that scans a CSV file as RFC 4180 has it (commas, quotes doubled inside quotes, one header line), every column as text.
 *
 * The engine would guess the dialect: where a line is broken it guesses another one and reads nonsense, or skips lines.
 * @throws DataError when there is no header line, or one that names a column twice
 */
export async function scanCsv(path: string): Promise<string> {
  const names = await withDuckDB((connection) => headerOf(connection, path));
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return `read_csv(${fileLiteral(path)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${columns}})`;
}

async function headerOf(connection: DuckDBConnection, path: string): Promise<string[]> {
  const lines = `read_csv(${fileLiteral(path)}, auto_detect = false, header = false, delim = '\u0001', quote = '', escape = '', columns = {'line': 'VARCHAR'})`;
  const [first] = await rows(connection, `select line from ${lines} limit 1`).catch((error: unknown) => {
    throw fileError(path, 'lines of text', error);
  });
  const line = String(first?.['line'] ?? '').replace(/^\uFEFF/, '');
  const names = line.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const twice = names.find((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) !== index);
  if (names.includes('') || twice !== undefined) {
    const found = twice === undefined || twice === '' ? 'one without a name' : `"${twice}" twice`;
    throw new DataError(`expected a header line with a name for each column, found ${found} in "${path}"`, { code: 'BAD_HEADER', fields: { path } });
  }
  return names;
}
