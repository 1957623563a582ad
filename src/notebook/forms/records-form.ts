import { formatCount } from '../../report/format.js';
import { MAX_ROWS } from '../max-rows.js';
import { cellOf } from './cell.js';
import type { Form } from './form.js';

/** A list of plain records: a row each, a column for every key that occurs. */
export const recordsForm: Form = (value) => {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isPlain)) return null;
  const records = value as readonly Readonly<Record<string, unknown>>[];
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { tables: [{ caption: formatCount(records.length, 'row'), columns, rows: records.slice(0, MAX_ROWS).map((record) => columns.map((name) => cellOf(record[name]))), total: records.length }] };
};

/** A record that was written as one: not an instance of a class. Notebook cells may have an `Object` of their own. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
