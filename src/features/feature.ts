import { InvariantError } from '../core/errors.js';
import { Panel } from '../table/panel.js';

/** Daily bars of one instrument as a feature sees them, each [session], NaN where there is no bar. */
export interface BarSeries {
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
  readonly volume: ArrayLike<number>;
}

/**
 * One number a session about one instrument, from bars of that session and before.
 *
 * Laws, tested for every entry of the registry: the past does not change when the future arrives (prefix law); NaN
 * during the first `lookback` sessions and finite after them on clean bars (warm-up law); the same when all prices are
 * multiplied by a constant, or all volumes are (scale law).
 */
export interface Feature {
  readonly name: string;
  readonly describe: string;
  readonly unit: 'return' | 'ratio' | 'annualized volatility';
  /** Where the formula comes from. */
  readonly source: string;
  /** Sessions before the first value: the value at t reads t − lookback … t. */
  readonly lookback: number;
  /** @returns [session] */
  compute(bars: BarSeries): Float64Array;
}

const BAR_NAMES = ['open', 'high', 'low', 'close', 'volume'] as const;

/**
 * Features of every instrument of a panel as Float32 columns [symbol, session].
 *
 * Values whose window spans a break of the series (`segment`, see the quality rules) are NaN: the prices on its two
 * sides are not comparable. So are values at a `suspect` session, whose bar may still change when its fate is known.
 * @throws InvariantError when the panel lacks a bar column, or a feature does not give one value a session
 */
export function computeFeatures(bars: Panel, features: readonly Feature[]): Panel {
  const missing = BAR_NAMES.filter((name) => !bars.has(name));
  if (missing.length > 0) throw new InvariantError(`expected the bar columns ${BAR_NAMES.join(', ')}, found ${bars.columnNames.join(', ')} in a panel for features`);
  const width = bars.sessions.length;
  const columns = Object.fromEntries(features.map(({ name }) => [name, new Float32Array(bars.symbols.length * width)]));
  bars.symbols.forEach((symbol, row) => {
    const series = Object.fromEntries(BAR_NAMES.map((name) => [name, bars.series(name, symbol)])) as unknown as BarSeries;
    const segment = bars.has('segment') ? bars.series('segment', symbol) : null;
    const suspect = bars.has('suspect') ? (bars.series('suspect', symbol) as Float64Array) : null;
    for (const feature of features) {
      const values = feature.compute(series);
      if (values.length !== width) throw new InvariantError(`expected one value for each of ${width} sessions, found ${values.length} in feature "${feature.name}"`);
      if (segment) blankAcrossBreaks(values, segment, feature.lookback);
      if (suspect) suspect.forEach((mark, t) => mark === 1 && (values[t] = Number.NaN));
      columns[feature.name].set(values, row * width);
    }
  });
  return new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns });
}

function blankAcrossBreaks(values: Float64Array, segment: ArrayLike<number>, lookback: number): void {
  let start = 0;
  for (let t = 1; t < values.length; t++) {
    if (segment[t] !== segment[t - 1]) start = t;
    if (start > 0 && t - lookback < start) values[t] = Number.NaN;
  }
}
