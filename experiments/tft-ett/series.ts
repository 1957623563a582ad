/** An hourly series in the form of ETT, read, standardised by its first part and cut into windows as ARCHITECTURE.md says. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { tf, type Tensor2D } from 'swinglab/tensor';
import type { TftBatch } from 'swinglab/models/tft';

export interface SeriesSettings {
  readonly target: string;
  readonly trainHours: number;
  readonly validationHours: number;
  readonly testHours: number;
  readonly past: number;
  readonly horizon: number;
  readonly fromLastValue: boolean;
}

export interface Series {
  readonly settings: SeriesSettings;
  /** By variable, the target last; standardised. */
  readonly observed: readonly Float32Array[];
  /** Calendar by variable. */
  readonly known: readonly Float32Array[];
  /** Of the target, in its own unit. */
  readonly mean: number;
  readonly scale: number;
  /** First forecast hours of the windows of each part. */
  readonly parts: { readonly train: readonly number[]; readonly validation: readonly number[]; readonly test: readonly number[] };
}

/** Calendar of an hour, each scaled to -0.5 … 0.5; Monday first. */
const CALENDAR = [(at: Date) => at.getUTCHours() / 23 - 0.5, (at: Date) => ((at.getUTCDay() + 6) % 7) / 6 - 0.5, (at: Date) => (at.getUTCDate() - 1) / 30 - 0.5, (at: Date) => at.getUTCMonth() / 11 - 0.5];

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

export function readSeries(path: string, settings: SeriesSettings): Series {
  const { target, trainHours, validationHours, testHours, past, horizon } = settings;
  const bytes = readFileSync(path);
  const [head, ...rows] = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split(/\r?\n/).map((line) => line.split(','));
  const names = head.slice(1);
  const hours = trainHours + validationHours + testHours;
  if (head[0] !== 'date' || !names.includes(target)) throw new Error(`expected the columns "date" and "${target}" in ${path}, found ${head.join(', ')}`);
  if (rows.length < hours) throw new Error(`expected ${hours} hours or more in ${path}, found ${rows.length}`);
  const columns = names.map((_, v) => standardised(rows.map((row) => Number(row[v + 1])), trainHours, `"${names[v]}" of ${path}`, hours));
  const at = names.indexOf(target);
  const moments = rows.map(([date]) => new Date(`${date.replace(' ', 'T')}Z`));
  const validation = trainHours + validationHours;
  return {
    settings,
    observed: [...columns.filter((_, v) => v !== at), columns[at]].map(({ values }) => values),
    known: CALENDAR.map((scaled) => Float32Array.from(moments, scaled)),
    mean: columns[at].mean,
    scale: columns[at].scale,
    parts: { train: range(past, trainHours - horizon + 1), validation: range(trainHours, validation - horizon + 1), test: range(validation, hours - horizon + 1) },
  };
}

function standardised(raw: readonly number[], count: number, where: string, hours: number): { values: Float32Array; mean: number; scale: number } {
  const broken = raw.slice(0, hours).findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) throw new Error(`expected finite values in ${where}, found row ${broken + 2} without`);
  const first = raw.slice(0, count);
  const mean = first.reduce((sum, value) => sum + value, 0) / count;
  const scale = Math.sqrt(first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
  return { values: Float32Array.from(raw, (value) => (value - mean) / scale), mean, scale };
}

/** Windows whose forecast begins at `starts`. */
export interface Windows {
  readonly batch: TftBatch;
  /** [window × hour]. */
  readonly target: Float32Array;
  /** Last value seen of each window, taken off the target's past and future where the settings say so. */
  readonly last: Float32Array;
}

export function windowsAt({ settings, observed, known }: Series, starts: readonly number[]): Windows {
  const { past, horizon, fromLastValue } = settings;
  const own = observed[observed.length - 1];
  const last = Float32Array.from(starts, (start) => own[start - 1]);
  const base = (i: number): number => (fromLastValue ? last[i] : 0);
  const rows = (columns: readonly Float32Array[], from: number, count: number): Float32Array[] => columns.map((column) => {
    const cut = new Float32Array(starts.length * count);
    for (const [i, start] of starts.entries()) for (let t = 0; t < count; t++) cut[i * count + t] = column[start + from + t] - (column === own ? base(i) : 0);
    return cut;
  });
  const stacked = (columns: readonly Float32Array[], count: number): Tensor2D => {
    const all = new Float32Array(columns.length * starts.length * count);
    for (const [v, column] of columns.entries()) all.set(column, v * starts.length * count);
    return tf.tensor2d(all, [columns.length, starts.length * count]);
  };
  return {
    batch: { statics: [tf.zeros([starts.length], 'int32')], past: stacked([...rows(observed, -past, past), ...rows(known, -past, past)], past), future: stacked(rows(known, 0, horizon), horizon) },
    target: rows([own], 0, horizon)[0],
    last,
  };
}
