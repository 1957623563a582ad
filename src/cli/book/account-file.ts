import { readFile } from 'node:fs/promises';

import { DataError } from '../../core/errors.js';
import { accountColumn, type AccountColumn } from './account-columns.js';
import { SEPARATORS, splitLine, type Cell, type Separator } from './split-line.js';

/** A line of an account file as it was written. */
export interface WrittenLine {
  /** Number in the file, from 1. */
  readonly line: number;
  /** By column; absent where nothing stands. */
  readonly cells: Readonly<Partial<Record<AccountColumn, Cell>>>;
}

/** Why a line cannot be taken. */
export interface Fault {
  readonly line: number;
  readonly expected: string;
}

export interface AccountFile {
  readonly lines: readonly WrittenLine[];
  /** Lines that are none of the table. */
  readonly faults: readonly Fault[];
  /** Columns as the header writes them. */
  readonly names: Readonly<Partial<Record<AccountColumn, string>>>;
  /** Columns that are not read, as the header writes them. */
  readonly ignored: readonly string[];
}

/**
 * The lines of an account file, and those that are no lines of a table. The first line that is not blank is the header; its values tell by
 * what all are separated.
 * @throws DataError when it cannot be read, or its header lacks a column or has one twice
 */
export async function readAccountFile(path: string): Promise<AccountFile> {
  const written = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new DataError(`expected an account file at "${path}"`, { code: 'NO_FILE', fields: { path }, cause: error });
  });
  const filled = written.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).map((text, i) => ({ line: i + 1, text })).filter(({ text }) => text.trim() !== '');
  if (filled.length === 0) throw new DataError(`expected a header line such as symbol,shares,entry_price, found an empty file at "${path}"`, { code: 'EMPTY_FILE', fields: { path } });
  const { separator, header } = readHeader(filled[0].text);
  const columns = header.map(({ text }) => accountColumn(text));
  requireColumns(header, columns, path);
  const lines: WrittenLine[] = [];
  const faults: Fault[] = [];
  for (const { line, text } of filled.slice(1)) {
    const cells = splitLine(text, separator);
    if (cells === null) faults.push({ line, expected: 'each quote closed in its line, and none within a value without quotes' });
    else if (cells.length !== header.length) faults.push({ line, expected: `as many values as the header has columns, ${header.length}, found ${cells.length}` });
    else lines.push({ line, cells: byColumn(columns, (i) => (cells[i].text === '' ? undefined : cells[i])) });
  }
  return { lines, faults, names: byColumn(columns, (i) => header[i].text), ignored: header.flatMap(({ text }, i) => (columns[i] === null ? [text === '' ? `the ${i + 1}th, without a name` : text] : [])) };
}

/** The header by the separator with which it names the most columns. */
function readHeader(text: string): { readonly separator: Separator; readonly header: readonly Cell[] } {
  const read = SEPARATORS.map((separator) => ({ separator, header: splitLine(text, separator) ?? [] }));
  const named = ({ header }: (typeof read)[number]): number => header.filter((cell) => accountColumn(cell.text) !== null).length;
  return read.reduce((best, other) => (named(other) > named(best) ? other : best));
}

function requireColumns(header: readonly Cell[], columns: readonly (AccountColumn | null)[], path: string): void {
  const fail = (expected: string, found: string): never => {
    throw new DataError(`expected ${expected}, found ${found} in "${path}"`, { code: 'BAD_HEADER', fields: { path } });
  };
  const second = columns.findIndex((column, i) => column !== null && columns.indexOf(column) < i);
  if (second >= 0) fail('each column once in the header line', `"${header[columns.indexOf(columns[second])].text}" and "${header[second].text}" for the same`);
  const expected = 'a header line with symbol or instrument, and shares, separated by commas, semicolons or tabs';
  if (!columns.includes('symbol') && !columns.includes('instrument')) fail(expected, 'no column "symbol"');
  if (!columns.includes('shares')) fail(expected, 'no column "shares"');
}

/** What stands at the place of each column that is read; absent where nothing does. */
function byColumn<T>(columns: readonly (AccountColumn | null)[], at: (index: number) => T | undefined): Partial<Record<AccountColumn, T>> {
  const found = columns.flatMap((column, i): (readonly [AccountColumn, T])[] => {
    const value = at(i);
    return column === null || value === undefined ? [] : [[column, value]];
  });
  return Object.fromEntries(found);
}
