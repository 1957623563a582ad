import type { Rng } from '../../../core/rng.js';
import type { Labels } from '../../../dataset/labels/labels.js';
import type { ColumnValues, Panel } from '../../../table/panel.js';

/** What noise is measured in: labels and features far from any that a market gives. */
const LOUD = 10;

/** The same labels with other values on some sessions, [session]: noise where there is a label, nothing where there is none. */
export function otherLabels(labels: Labels, isOther: Uint8Array, rng: Rng): Labels {
  const columns = Object.fromEntries(['label', 'return'].map((name) => [name, disturbed(labels.panel.column(name), isOther, rng)]));
  return { ...labels, panel: labels.panel.with(columns), at: (horizon) => otherLabels(labels.at(horizon), isOther, rng) };
}

/** The same features with other values on some sessions, [session]; what is missing stays missing. */
export function otherFeatures(features: Panel, isOther: Uint8Array, rng: Rng): Panel {
  return features.with(Object.fromEntries(features.columnNames.map((name) => [name, disturbed(features.column(name), isOther, rng)])));
}

function disturbed(values: ColumnValues, isOther: Uint8Array, rng: Rng): ColumnValues {
  const width = isOther.length;
  return values.map((value, at) => (isOther[at % width] === 1 && !Number.isNaN(value) ? LOUD * (1 + rng.normal()) : value));
}

/** Marks of the sessions that are not among some positions, from one position on, [session]. */
export function sessionsOutside(sessions: number, positions: Int32Array, from = 0): Uint8Array {
  const marks = new Uint8Array(sessions).fill(1, from);
  for (const t of positions) marks[t] = 0;
  return marks;
}
