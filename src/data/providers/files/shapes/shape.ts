import type { DatasetName } from '../../../datasets.js';

/** A file whose columns are not those of the dataset: how to know it, and how its rows become long rows. */
export interface FileShape {
  /** Stands in `source` of the rows, where the dataset has one. */
  readonly name: string;
  readonly describe: string;
  readonly dataset: DatasetName;
  /** Lower-case columns that a file of this shape has. */
  readonly columns: readonly string[];
  /** A file of this shape has no others. */
  readonly exact?: boolean;
  /** SQL of the long rows, in the dataset's own column names, from a table (SQL that can stand after FROM). */
  readonly longRows: (table: string) => string;
  /** What is not taken over; SQL that counts it as `n`. Nothing is repaired. */
  readonly leftOut: readonly { readonly describe: string; readonly count: (table: string) => string }[];
}

/** One row a concept that has a value: what every row says, then concept, months and value. */
export function melted(from: string, same: string, concepts: Readonly<Record<string, { readonly months: string; readonly value?: string }>>): string {
  return Object.entries(concepts)
    .map(([concept, { months, value = concept }]) => `select ${same}, '${concept}' as concept, ${months} as months, ${value} as value from ${from} where ${value} is not null`)
    .join(' union all ');
}
