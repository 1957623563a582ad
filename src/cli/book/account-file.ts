import { readFile } from 'node:fs/promises';

import { DataError } from '../../core/errors.js';
import { scanCsv } from '../../data/providers/files/csv.js';
import { fileError, rows, withDuckDB } from '../../data/store/duckdb.js';

/** A line of an account file as it was written. */
export interface WrittenLine {
  /** Number in the file, the header's is 1. */
  readonly line: number;
  /** Text by column, names in lower case; absent where nothing stands. */
  readonly text: Readonly<Partial<Record<AccountColumn, string>>>;
}

/** Why a line cannot be taken. */
export interface Fault {
  readonly line: number;
  readonly expected: string;
}

export const ACCOUNT_COLUMNS = ['symbol', 'shares', 'entry_price', 'entry_date', 'stop', 'target', 'horizon'] as const;
export type AccountColumn = (typeof ACCOUNT_COLUMNS)[number];

const isAccountColumn = (name: string): name is AccountColumn => (ACCOUNT_COLUMNS as readonly string[]).includes(name);

/**
 * The lines of an account file, and those that are no lines of a table.
 * @throws DataError when it cannot be read, or has other columns
 */
export async function readAccountFile(path: string): Promise<{ readonly lines: readonly WrittenLine[]; readonly faults: readonly Fault[] }> {
  const written = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new DataError(`expected an account file at "${path}"`, { code: 'NO_FILE', fields: { path }, cause: error });
  });
  const filled = written.split(/\r\n|\n|\r/).flatMap((text, i) => (text.trim() === '' ? [] : [i + 1]));
  if (filled.length === 0) throw new DataError(`expected a header line ${ACCOUNT_COLUMNS.join(',')}, found an empty file at "${path}"`, { code: 'EMPTY_FILE', fields: { path } });
  const { table, faults } = await readTable(path);
  requireColumns(Object.keys(table[0] ?? {}), path);
  const places = filled.slice(1).filter((line) => !faults.some((fault) => fault.line === line));
  if (places.length !== table.length) throw new DataError(`expected a position on each line, found a value that goes on in the next line in "${path}"`, { code: 'BAD_ACCOUNT', fields: { path } });
  return { lines: table.map((row, i) => ({ line: places[i], text: textOf(row) })), faults };
}

/** Rows as text, column by column, and the lines that the engine could not read. */
async function readTable(path: string): Promise<{ table: Record<string, unknown>[]; faults: Fault[] }> {
  const scan = (await scanCsv(path)).replace(/\)$/, ', store_rejects = true, rejects_limit = 0)');
  return withDuckDB(async (connection) => {
    const described = await rows(connection, `describe select * from ${scan}`);
    requireColumns(described.map((row) => String(row['column_name'])), path);
    const table = await rows(connection, `select * from ${scan}`);
    const rejected = await rows(connection, 'select distinct line, error_type from reject_errors order by line');
    return { table, faults: rejected.map(({ line, error_type: kind }) => ({ line: Number(line), expected: `as many values as the header has columns, each with its quotes closed (${String(kind).toLowerCase()})` })) };
  }).catch((error: unknown) => {
    throw error instanceof DataError ? error : fileError(path, 'lines of an account', error);
  });
}

function requireColumns(names: readonly string[], path: string): void {
  if (names.length === 0) return;
  const found = names.map((name) => name.trim().toLowerCase());
  const unknown = found.find((name) => !isAccountColumn(name));
  const lacking = ['symbol', 'shares'].find((name) => !found.includes(name));
  if (unknown === undefined && lacking === undefined) return;
  throw new DataError(`expected a header line with symbol,shares and, where known, ${ACCOUNT_COLUMNS.slice(2).join(',')}, found ${unknown === undefined ? `no column "${lacking}"` : `the column "${unknown}"`} in "${path}"`, { code: 'BAD_HEADER', fields: { path } });
}

function textOf(row: Readonly<Record<string, unknown>>): WrittenLine['text'] {
  const cells = Object.entries(row).map(([name, value]) => [name.trim().toLowerCase(), value === null ? '' : String(value).trim()] as const);
  return Object.fromEntries(cells.filter(([, value]) => value !== ''));
}
