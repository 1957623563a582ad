import type { Html } from '../../html.js';
import { plainTable, type Column } from '../../sections/section.js';

/** A table of text: the same on the page and in a notebook. */
export interface TextTable {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** The table as markup. */
export function textTable({ caption, columns, rows }: TextTable): Html {
  return plainTable(caption, columns, rows);
}
