import { InvariantError } from '../../core/errors.js';
import type { Panel } from '../../table/panel.js';

/** Columns every rule can rely on. */
export const BAR_COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;

export type BarColumn = (typeof BAR_COLUMNS)[number];

/** The five bar columns of a panel, [symbol, session]. */
export function barColumns(panel: Panel): Readonly<Record<BarColumn, Float64Array>> {
  const entries = BAR_COLUMNS.map((name) => {
    const values = panel.column(name);
    if (!(values instanceof Float64Array)) throw new InvariantError(`expected prices and volumes as float64, found float32 in panel column "${name}"`);
    return [name, values] as const;
  });
  return Object.fromEntries(entries) as Record<BarColumn, Float64Array>;
}

/**
 * The bars of one symbol without the sessions that have none, [bar]; the first `count` entries of each array count.
 *
 * Prices are as stored, times adjusted_close / close where the panel has adjusted_close, relative to the first such
 * bar: a fall that the source itself explains by a distribution is no jump here.
 */
export interface BarSeries {
  count: number;
  /** Position of each bar's session in the panel. */
  readonly at: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

function emptySeries(width: number): BarSeries {
  const values = (): Float64Array => new Float64Array(width);
  return { count: 0, at: new Int32Array(width), open: values(), high: values(), low: values(), close: values(), volume: values() };
}

/** Calls `visit` for every symbol with its bars; the arrays are reused from one symbol to the next. */
export function forEachSeries(panel: Panel, visit: (series: BarSeries, row: number) => void): void {
  const { open, high, low, close, volume } = barColumns(panel);
  const adjusted = panel.has('adjusted_close') ? panel.column('adjusted_close') : null;
  const width = panel.sessions.length;
  const series = emptySeries(width);
  for (let row = 0; row < panel.symbols.length; row++) {
    let count = 0;
    let first = Number.NaN;
    let factor = 1;
    for (let t = 0, cell = row * width; t < width; t++, cell++) {
      if (!(close[cell] > 0 && high[cell] > 0 && low[cell] > 0)) continue;
      if (adjusted && adjusted[cell] > 0) {
        // a missing adjusted close keeps the last factor, so that it makes no jump
        const here = adjusted[cell] / close[cell];
        if (Number.isNaN(first)) first = here;
        factor = here / first;
      }
      series.at[count] = t;
      series.open[count] = open[cell] * factor;
      series.high[count] = high[cell] * factor;
      series.low[count] = low[cell] * factor;
      series.close[count] = close[cell] * factor;
      series.volume[count] = volume[cell]!;
      count++;
    }
    series.count = count;
    visit(series, row);
  }
}
