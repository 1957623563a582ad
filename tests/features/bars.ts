import { XNYS } from '../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { SeriesInputs, type KnownTables, type SeriesColumn } from '../../src/features/compute/series-inputs.js';

const FIRST = toEpochDay(isoDate('2015-01-02'));

export const BAR_NAMES = ['open', 'high', 'low', 'close', 'volume'] as const;

export type Bars = Record<(typeof BAR_NAMES)[number], Float64Array>;

/** Clean daily bars of one instrument: a random walk with ranges that hold open and close, every session there. */
export function cleanBars(length: number, seed = 1): Bars {
  const rng = createRng(seed).fork('bars');
  const bars = Object.fromEntries(BAR_NAMES.map((name) => [name, new Float64Array(length)])) as Bars;
  let close = 20 + 180 * rng.float();
  for (let t = 0; t < length; t++) {
    const open = close * Math.exp(0.006 * rng.normal());
    close = open * Math.exp(0.0004 + 0.015 * rng.normal());
    bars.open[t] = open;
    bars.close[t] = close;
    bars.high[t] = Math.max(open, close) * (1 + 0.006 * rng.float());
    bars.low[t] = Math.min(open, close) * (1 - 0.006 * rng.float());
    bars.volume[t] = Math.round(1e6 * Math.exp(0.4 * rng.normal()));
  }
  return bars;
}

/** Each column through `change`, the bars given left alone. */
export function mapBars(bars: Bars, change: (values: Float64Array, name: (typeof BAR_NAMES)[number]) => Float64Array): Bars {
  return Object.fromEntries(BAR_NAMES.map((name) => [name, change(Float64Array.from(bars[name]), name)])) as Bars;
}

const NO_TABLES = { fundamentals: new Map(), earnings: new Map(), macro: new Map() };

/** One instrument's bars as features read them; benchmark, sector, vwap and tables stay empty unless given. */
export function seriesOf(bars: Bars, more: Partial<Record<SeriesColumn, Float64Array>> = {}, tables: Partial<KnownTables> = {}, sessions: Int32Array = XNYS.sessionDays(FIRST, FIRST + 2 * bars.close.length + 10).slice(0, bars.close.length)): SeriesInputs {
  const nothing = new Float64Array(bars.close.length).fill(Number.NaN);
  return new SeriesInputs(sessions, { ...bars, dollarVolume: bars.close.map((close, t) => close * bars.volume[t]), vwap: nothing, indexReturn: nothing, sectorReturn: nothing, ...more }, { tables: { ...NO_TABLES, ...tables } });
}
