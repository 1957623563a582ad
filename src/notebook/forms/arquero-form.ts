import { formatCount } from '../../report/format.js';
import { MAX_ROWS } from '../max-rows.js';
import { cellOf } from './cell.js';
import type { Form } from './form.js';

interface ArqueroTable {
  numRows(): number;
  columnNames(): string[];
  objects(options: { readonly limit: number; readonly grouped: false }): Record<string, unknown>[];
}

/** An arquero table as filtered and ordered; known by its methods, as a notebook may have a copy of arquero of its own. */
export const arqueroForm: Form = (value) => {
  if (!isTable(value)) return null;
  const columns = value.columnNames();
  const rows = value.objects({ limit: MAX_ROWS, grouped: false }).map((row) => columns.map((name) => cellOf(row[name])));
  return { tables: [{ caption: formatCount(value.numRows(), 'row'), columns, rows, total: value.numRows() }] };
};

function isTable(value: object): value is ArqueroTable {
  const has = (name: string): boolean => typeof (value as Record<string, unknown>)[name] === 'function';
  return has('numRows') && has('columnNames') && has('objects') && has('derive');
}
