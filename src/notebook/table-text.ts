import { formatNumber } from '../report/format.js';
import { columnText, isNumeric } from './column-text.js';
import { MAX_ROWS } from './max-rows.js';
import type { ShownTable } from './shown.js';

/** A table whose cells are written out, cut to what is shown. */
export interface WrittenTable {
  readonly caption: string;
  readonly columns: readonly WrittenColumn[];
  readonly length: number;
}

export interface WrittenColumn {
  readonly name: string;
  readonly numeric: boolean;
  readonly cells: readonly string[];
}

/** Writes numbers by their column, cuts after the first rows and says so in the caption. */
export function writeTable({ caption, columns, rows, total = rows.length }: ShownTable): WrittenTable {
  const kept = rows.slice(0, MAX_ROWS);
  const written = columns.map((name, at) => {
    const cells = kept.map((row) => row[at] ?? null);
    return { name, numeric: isNumeric(cells), cells: columnText(cells) };
  });
  return { caption: total > kept.length ? `${caption} (first ${kept.length} of ${formatNumber(total)})` : caption, columns: written, length: kept.length };
}

/** A table in letters of one width: columns two blanks apart, numbers to the right. */
export function tableText(table: ShownTable): string {
  const { caption, columns, length } = writeTable(table);
  const padded = columns.map(({ name, numeric, cells }) => {
    const width = [name, ...cells].reduce((widest, cell) => Math.max(widest, cell.length), 0);
    return [name, ...cells].map((cell) => (numeric ? cell.padStart(width) : cell.padEnd(width)));
  });
  const lines = Array.from({ length: length + 1 }, (_, row) => padded.map((column) => column[row]).join('  ').trimEnd());
  return (caption === '' ? lines : [caption, ...lines]).join('\n');
}
