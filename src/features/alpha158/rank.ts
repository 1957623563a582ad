import { presentIn } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { PRICE_TIE } from '../price-tie.js';
import { alphaFeature } from './alpha-feature.js';

/** RANK: where the close stands among those of its window. */
export function rank(window: number): SeriesFeature {
  return alphaFeature({
    name: `rank-${window}`,
    describe: `rank of the close among the closes of ${window} sessions over the number present, equals (to 3e-7 of the price) at their mean rank`,
    formula: `rank(C, ${window}) / number present`,
    unit: 'rank',
    lookback: window - 1,
    compute: ({ close }) => ranks(close, window),
  });
}

function ranks(close: Float64Array, window: number): Float64Array {
  const result = new Float64Array(close.length).fill(Number.NaN);
  for (let t = window - 1; t < close.length; t++) {
    const own = close[t];
    if (own !== own) continue;
    const [low, high] = [own * (1 - PRICE_TIE), own * (1 + PRICE_TIE)];
    let below = 0;
    let equal = 0;
    let present = 0;
    for (let s = t - window + 1; s <= t; s++) {
      const value = close[s];
      if (value !== value) continue;
      present++;
      if (value < low) below++;
      else if (value <= high) equal++;
    }
    if (present >= presentIn(window)) result[t] = (below + (equal + 1) / 2) / present;
  }
  return result;
}
