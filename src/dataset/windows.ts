import { InvariantError } from '../core/errors.js';
import type { ColumnValues } from '../table/panel.js';
import { batchCount, batchesOf, type BatchOptions } from './batches.js';
import { requireSameAxes } from './same-axes.js';
import { pickCells, requirePositions, type DatasetTables, type PickedCells } from './samples-of.js';
import { requireFeatures, type FittedScaler } from './scaler/scaler.js';

export interface WindowOptions extends BatchOptions {
  /** Sessions of a window, its sample's own the last. */
  readonly length: number;
  /** Only samples that have a label, or everything that counts at the session. */
  readonly labelled: boolean;
  /** Scales each value; it must not compare those of a session. */
  readonly scaler?: FittedScaler;
}

/** Windows of some samples, all arrays their own. */
export interface WindowBatch {
  /** Feature values, 0 where missing, [batch, time, feature]: time ascends to the sample's own session. */
  readonly x: Float32Array;
  /** 1 where a value is missing or lies before the first session, [batch, time, feature]. */
  readonly missing: Uint8Array;
  /** Row of the panel's symbol, [batch]. */
  readonly symbolRows: Int32Array;
  /** Position of the sample's session, [batch]. */
  readonly positions: Int32Array;
  /** As in `Samples`, [batch]; `null` where samples are only to be predicted. */
  readonly y: Float64Array | null;
  readonly returns: Float64Array | null;
  readonly scale: Float64Array;
  readonly size: number;
}

/** Windows that are gathered when they are asked for. */
export interface Windows {
  readonly features: readonly string[];
  /** Sessions of a window. */
  readonly length: number;
  /** Windows in all. */
  readonly count: number;
  /** Batches of an epoch. */
  readonly batchCount: number;
  /** Every window once; with an rng in an order of the epoch's own. */
  batches(epoch?: number): Generator<WindowBatch, void, void>;
}

/**
 * Windows of the features for sequence models: the window of a sample at t holds the sessions t − length + 1 … t, nothing later.
 * Sessions before the first of the panel are missing.
 *
 * @throws InvariantError when the tables have different symbols or sessions, positions are not ascending within them, the
 * length or the batch size is below one, or the scaler compares values of a session
 */
export function windowsOf(tables: DatasetTables, positions: Int32Array, options: WindowOptions): Windows {
  const { features, labels } = tables;
  requireSameAxes(features, labels.panel);
  requirePositions(positions, features.sessions.length);
  requireOptions(features.columnNames, options);
  const picked = pickCells(labels, positions, options.labelled);
  return {
    features: features.columnNames,
    length: options.length,
    count: picked.cells.length,
    batchCount: batchCount(picked.counts, options),
    *batches(epoch = 0) {
      for (const samples of batchesOf(picked.counts, options, epoch)) yield gatherBatch(tables, picked, samples, options);
    },
  };
}

function requireOptions(features: readonly string[], { length, scaler }: WindowOptions): void {
  if (!(Number.isInteger(length) && length >= 1)) throw new InvariantError(`expected windows of at least one session, found ${length}`);
  if (!scaler) return;
  requireFeatures(scaler.name, scaler.features, features);
  if (scaler.scaleValue === null) throw new InvariantError(`expected a scaler of single values for windows, found "${scaler.name}", which compares those of a session: give features that are compared already`);
}

function gatherBatch({ features, labels }: DatasetTables, { cells, symbolRows }: PickedCells, samples: Int32Array, { length, labelled, scaler }: WindowOptions): WindowBatch {
  const chosen = samples.map((sample) => cells[sample]);
  const of = (name: string): Float64Array => Float64Array.from(chosen, (at) => labels.panel.column(name)[at]);
  const width = features.sessions.length;
  const depth = features.columnNames.length;
  const windows = { length, width, depth, x: new Float32Array(chosen.length * length * depth), missing: new Uint8Array(chosen.length * length * depth).fill(1) };
  const columns = features.columnNames.map((name) => features.column(name));
  // window by window: one of them stays in the processor's cache while its features are written, a batch does not
  for (let window = 0; window < chosen.length; window++) columns.forEach((column, feature) => gatherFeature(column, { window, feature, end: chosen[window] }, windows, scaler?.scaleValue ?? null));
  return {
    x: windows.x,
    missing: windows.missing,
    symbolRows: samples.map((sample) => symbolRows[sample]),
    positions: chosen.map((at) => at % width),
    y: labelled ? of('label') : null,
    returns: labelled ? of('return') : null,
    scale: of('scale'),
    size: chosen.length,
  };
}

interface GatheredWindows {
  /** Sessions of a window. */
  readonly length: number;
  /** Sessions of the panel. */
  readonly width: number;
  /** Features. */
  readonly depth: number;
  readonly x: Float32Array;
  readonly missing: Uint8Array;
}

/** Writes one feature of one window, whose last session lies at `end` of the column. */
function gatherFeature(column: ColumnValues, { window, feature, end }: { window: number; feature: number; end: number }, { length, width, depth, x, missing }: GatheredWindows, scale: FittedScaler['scaleValue']): void {
  const start = Math.max(end - (end % width), end - length + 1); // not into the symbol before
  let into = ((window + 1) * length - (end - start) - 1) * depth + feature;
  for (let at = start; at <= end; at++, into += depth) {
    const value = scale === null ? column[at] : scale(feature, column[at]);
    if (value !== value) continue;
    x[into] = value;
    missing[into] = 0;
  }
}
