import { InvariantError } from '../../core/errors.js';
import type { SeriesFeature } from '../feature.js';
import type { RowsTask } from './rows-task.js';
import { SeriesInputs } from './series-inputs.js';

/** Inputs whose values a break of the price series spoils. */
const FROM_BARS: ReadonlySet<string> = new Set(['bars', 'volume', 'vwap']);

/**
 * Features of some instruments, Float32 [symbol, session − from] by name.
 *
 * NaN at sessions without a bar, at suspect ones (whose bar may be gone when its fate is known) and during the `lookback`
 * (`minHistory` where windows widen) sessions after an instrument's first. Where a feature reads bars, also NaN when its window spans a break of the series: the
 * prices on its two sides are not comparable.
 * @throws InvariantError when a feature does not give one value a session
 */
export function computeRows(task: RowsTask, features: readonly SeriesFeature[]): Record<string, Float32Array> {
  const width = task.sessions.length;
  const kept = width - task.from;
  const result = Object.fromEntries(features.map(({ name }) => [name, new Float32Array(task.symbols.length * kept).fill(Number.NaN)]));
  for (let row = 0; row < task.symbols.length; row++) {
    const first = task.firstBar[row];
    if (first >= width) continue;
    const inputs = seriesInputs(task, row);
    const marks = marksOf(task, row);
    for (const feature of features) {
      fillValues(result[feature.name].subarray(row * kept, (row + 1) * kept), feature, inputs, { first, from: task.from, ...marks });
    }
  }
  return result;
}

interface Span {
  /** Position of the first bar; negative when it lies before the sessions at hand. */
  readonly first: number;
  /** First position wanted. */
  readonly from: number;
  readonly segment: Float64Array | null;
  readonly suspect: Float64Array | null;
}

/** Fills values, NaN until now, from `from` on; only the window before it is computed again. */
function fillValues(values: Float32Array, feature: SeriesFeature, inputs: SeriesInputs, { first, from, segment, suspect }: Span): void {
  const start = Math.max(0, first, from - feature.lookback);
  if (start >= inputs.length) return;
  const computed = feature.compute(inputs.slice(start, inputs.length));
  if (computed.length !== inputs.length - start) throw new InvariantError(`expected one value for each of ${inputs.length - start} sessions, found ${computed.length} in feature "${feature.name}"`);
  const { close } = inputs;
  for (let t = Math.max(first + (feature.minHistory ?? feature.lookback), from); t < inputs.length; t++) if (close[t] > 0) values[t - from] = computed[t - start];
  if (segment && feature.inputs.some((input) => FROM_BARS.has(input))) blankAcrossBreaks(values, segment, from, feature.lookback);
  if (suspect) for (let t = from; t < suspect.length; t++) if (suspect[t] === 1) values[t - from] = Number.NaN;
}

function blankAcrossBreaks(values: Float32Array, segment: Float64Array, from: number, lookback: number): void {
  let start = 0;
  for (let t = 1; t < segment.length; t++) {
    if (segment[t] !== segment[t - 1]) start = t;
    if (start > 0 && t >= from && t - lookback < start) values[t - from] = Number.NaN;
  }
}

function marksOf({ segment, suspect, sessions }: RowsTask, row: number): Pick<Span, 'segment' | 'suspect'> {
  const of = (marks: Float64Array | null): Float64Array | null => marks && marks.subarray(row * sessions.length, (row + 1) * sessions.length);
  return { segment: of(segment), suspect: of(suspect) };
}

function seriesInputs(task: RowsTask, row: number): SeriesInputs {
  const { sessions, columns, indexReturn, sectorReturns, sectorOf, macro } = task;
  const width = sessions.length;
  const own = (values: Float64Array): Float64Array => values.subarray(row * width, (row + 1) * width);
  const { open, high, low, close, volume, dollarVolume, vwap } = columns;
  const sectorReturn = sectorOf[row] < 0 ? new Float64Array(width).fill(Number.NaN) : sectorReturns[sectorOf[row]];
  return new SeriesInputs(
    sessions,
    { open: own(open), high: own(high), low: own(low), close: own(close), volume: own(volume), dollarVolume: own(dollarVolume), vwap: own(vwap), indexReturn, sectorReturn },
    { tables: { macro, fundamentals: task.fundamentals[row], earnings: task.earnings[row] }, ...(task.options === null ? {} : { options: Object.fromEntries(Object.entries(task.options).map(([name, values]) => [name, own(values)])) }) },
  );
}
