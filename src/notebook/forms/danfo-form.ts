import { formatCount } from '../../report/format.js';
import { MAX_ROWS } from '../max-rows.js';
import { cellOf } from './cell.js';
import type { Form } from './form.js';

interface DanfoFrame {
  readonly columns: readonly unknown[];
  readonly index: readonly (string | number)[];
  readonly shape: readonly number[];
  /** [row][column]; of a series [row]. */
  readonly values: readonly unknown[];
}

/** A danfo.js data frame or series, known by its properties: the package itself is an optional peer. */
export const danfoForm: Form = (value) => {
  if (!isFrame(value)) return null;
  const { columns, index, values } = value;
  const labelled = index.some((label, at) => label !== at);
  const rows = values.slice(0, MAX_ROWS).map((row, at) => [...(labelled ? [cellOf(index[at])] : []), ...(Array.isArray(row) ? row : [row]).map(cellOf)]);
  return { tables: [{ caption: `${formatCount(values.length, 'row')} × ${formatCount(columns.length, 'column')}`, columns: [...(labelled ? [''] : []), ...columns.map(String)], rows, total: values.length }] };
};

function isFrame(value: object): value is DanfoFrame {
  if (!('columns' in value && 'index' in value && 'shape' in value && 'values' in value && 'dtypes' in value)) return false;
  return Array.isArray(value.columns) && Array.isArray(value.index) && Array.isArray(value.values);
}
