import { createRng } from '../../src/core/rng.js';
import type { BarSeries } from '../../src/features/feature.js';

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
export function mapBars(bars: BarSeries, change: (values: Float64Array, name: (typeof BAR_NAMES)[number]) => Float64Array): Bars {
  return Object.fromEntries(BAR_NAMES.map((name) => [name, change(Float64Array.from(bars[name]), name)])) as Bars;
}
