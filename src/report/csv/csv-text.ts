/** What a cell can hold; `null` is an empty cell. */
export type CsvValue = string | number | null;

/** Spreadsheets read text that begins with one of these as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A table as RFC 4180 has it: one header line, CRLF at the end of each line, cells with a comma, a quote or a line end in
 * quotes, quotes doubled.
 *
 * Text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is written behind an apostrophe, so that no
 * spreadsheet computes it; numbers are not text and keep their sign. Numbers are written in full, without separators of
 * thousands; those that are not finite are empty cells.
 */
export function csvText(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A column: its name, units in the name, and the value of each row. */
export type CsvColumn<Row> = readonly [name: string, value: (row: Row) => CsvValue];

/** A table by its columns. */
export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return csvText(columns.map(([name]) => name), rows.map((row) => columns.map(([, value]) => value(row))));
}
