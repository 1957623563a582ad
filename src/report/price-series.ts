import type { IsoDate } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';

/** Daily bars of one name, each [session], sessions ascending; NaN is missing. Quote currency and shares. */
export interface PriceSeries {
  readonly sessions: readonly IsoDate[];
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
  readonly volume: ArrayLike<number>;
}

const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;

/**
 * The last `count` sessions up to `asOf` inclusive as plain arrays, `null` for missing.
 * @throws InvariantError when a column is not as long as the sessions
 */
export function recentBars(series: PriceSeries, asOf: IsoDate, count: number): RecentBars {
  for (const name of COLUMNS) {
    if (series[name].length !== series.sessions.length) {
      throw new InvariantError(`expected ${series.sessions.length} values, one a session, found ${series[name].length} in chart column "${name}"`);
    }
  }
  let end = series.sessions.length;
  while (end > 0 && series.sessions[end - 1] > asOf) end--;
  const from = Math.max(0, end - count);
  const cut = (values: ArrayLike<number>): (number | null)[] => Array.from({ length: end - from }, (_, i) => finite(values[from + i]));
  return { sessions: series.sessions.slice(from, end), open: cut(series.open), high: cut(series.high), low: cut(series.low), close: cut(series.close), volume: cut(series.volume) };
}

/** Bars ready for JSON: [session] each, `null` for missing, prices to four decimals. */
export interface RecentBars {
  readonly sessions: readonly IsoDate[];
  readonly open: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly close: readonly (number | null)[];
  readonly volume: readonly (number | null)[];
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(4)) : null;
}

/** The last `count` of some bars. */
export function lastBars(bars: RecentBars, count: number): RecentBars {
  const { sessions, open, high, low, close, volume } = bars;
  return { sessions: sessions.slice(-count), open: open.slice(-count), high: high.slice(-count), low: low.slice(-count), close: close.slice(-count), volume: volume.slice(-count) };
}
