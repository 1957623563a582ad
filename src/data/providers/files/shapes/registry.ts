import type { FileColumns } from '../columns.js';
import { brokerChain } from './broker-chain.js';
import { cumulativeFilings } from './cumulative-filings.js';
import { quarterlyFilings } from './quarterly-filings.js';
import { quarterlyFirstSeen } from './quarterly-first-seen.js';
import { quoteSnapshots } from './quote-snapshots.js';
import { resultsFilings } from './results-filings.js';
import type { FileShape } from './shape.js';

export type { FileShape } from './shape.js';

/** Every shape of file that is read besides the datasets' own columns. */
export const FILE_SHAPES: readonly FileShape[] = [cumulativeFilings, quarterlyFilings, quarterlyFirstSeen, resultsFilings, quoteSnapshots, brokerChain];

/** The shape of a file with these columns, `null` for one in the columns of a dataset. */
export function shapeOf(columns: FileColumns): FileShape | null {
  return FILE_SHAPES.find((shape) => shape.columns.every((name) => columns.has(name)) && (!shape.exact || columns.size === shape.columns.length)) ?? null;
}
