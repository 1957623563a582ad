import { InvariantError } from '../core/errors.js';
import type { ColumnValues, Panel } from '../table/panel.js';
import { Background } from './background.js';
import type { Labels } from './labels/labels.js';
import type { Samples } from './samples.js';
import { requireSameAxes } from './same-axes.js';
import { sharedFloat32, sharedFloat64, sharedInt32 } from './shared-array.js';

/** Features and labels over the same symbols and sessions. */
export interface DatasetTables {
  /** Columns [symbol, session]; all of them are taken. */
  readonly features: Panel;
  readonly labels: Labels;
}

/**
 * Samples of some sessions, their positions ascending: with `labelled` those that have a label, else everything that counts
 * at the session, `y` and `returns` null. Sessions without samples are left out.
 *
 * @throws InvariantError when the tables have different symbols or sessions, or positions are not ascending within them
 */
export function samplesOf({ features, labels }: DatasetTables, positions: Int32Array, { labelled }: { labelled: boolean }): Samples {
  requireSameAxes(features, labels.panel);
  requirePositions(positions, features.sessions.length);
  const picked = pickCells(labels, positions, labelled);
  const { cells } = picked;
  const names = features.columnNames;
  const x = sharedFloat32(names.length * cells.length);
  names.forEach((name, feature) => gather(features.column(name), cells, x.subarray(feature * cells.length, (feature + 1) * cells.length)));
  const of = (name: string): Float64Array => gatherDoubles(labels.panel.column(name), cells);
  return {
    features: names,
    length: cells.length,
    x,
    sessions: picked.sessions,
    counts: picked.counts,
    symbolRows: picked.symbolRows,
    y: labelled ? of('label') : null,
    returns: labelled ? of('return') : null,
    scale: of('scale'),
    ...(labels.market ? { background: new Background({ panel: () => features, counts: labels.counts, labels: labelled ? labels : null, market: labels.market }) } : {}),
  };
}

/** @throws InvariantError unless the positions ascend within 0 … sessions − 1 */
export function requirePositions(positions: Int32Array, sessions: number): void {
  for (let i = 0; i < positions.length; i++) {
    const before = i === 0 ? -1 : positions[i - 1];
    if (positions[i] <= before || positions[i] >= sessions) throw new InvariantError(`expected ascending positions of sessions from 0 to ${sessions - 1}, found ${positions[i]}${i === 0 ? ' first' : ` after ${before}`}`, { code: 'BAD_POSITIONS' });
  }
}

/** Where the samples lie in the columns. */
export interface PickedCells {
  /** Offsets into a column [symbol, session], [sample]. */
  readonly cells: Int32Array;
  readonly symbolRows: Int32Array;
  /** [group] */
  readonly sessions: Int32Array;
  readonly counts: Int32Array;
}

/** The samples of some sessions, those of a session adjacent. */
export function pickCells(labels: Labels, positions: Int32Array, labelled: boolean): PickedCells {
  const { panel } = labels;
  const width = panel.sessions.length;
  const label = panel.column('label');
  const isPicked = (at: number): boolean => (labelled ? label[at] === label[at] : labels.counts[at] === 1);
  const perSession = positions.map((t) => {
    let count = 0;
    for (let at = t; at < label.length; at += width) if (isPicked(at)) count++;
    return count;
  });
  const length = perSession.reduce((sum, count) => sum + count, 0);
  const cells = new Int32Array(length);
  const symbolRows = sharedInt32(length);
  let sample = 0;
  for (const t of positions) {
    for (let row = 0; row < panel.symbols.length; row++) {
      if (!isPicked(row * width + t)) continue;
      cells[sample] = row * width + t;
      symbolRows[sample++] = row;
    }
  }
  return { cells, symbolRows, sessions: positions.filter((_, i) => perSession[i] > 0).map((t) => panel.sessions[t]), counts: perSession.filter((count) => count > 0) };
}

function gather(column: ColumnValues, cells: Int32Array, into: Float32Array): void {
  for (let i = 0; i < cells.length; i++) into[i] = column[cells[i]];
}

/** Beside `gather`, because a loop over one kind of array is faster than over two. */
function gatherDoubles(column: ColumnValues, cells: Int32Array): Float64Array {
  const into = sharedFloat64(cells.length);
  for (let i = 0; i < cells.length; i++) into[i] = column[cells[i]];
  return into;
}
