import type { SeriesInputs } from '../compute/series-inputs.js';

/** Quoted price over adjusted close within which no split can lie between the session and the day the prices are adjusted to: dividends alone. */
const NO_SPLIT = { least: 0.98, most: 1.3 } as const;

/**
 * Value of the shares traded in quote currency, [session]: as the bars tell, or, where those are on total-return basis and tell no quoted money,
 * volume at the price that the option chain quotes. NaN where a later split may stand in the volume.
 */
export function tradedValue(series: SeriesInputs): Float64Array {
  return series.derive('traded value by quotes', (inputs) => {
    const { dollarVolume, volume, close } = inputs;
    const spot = inputs.option('spot');
    return dollarVolume.map((money, t) => {
      if (!Number.isNaN(money)) return money;
      const factor = spot[t] / close[t];
      return factor >= NO_SPLIT.least && factor <= NO_SPLIT.most ? volume[t] * spot[t] : Number.NaN;
    });
  });
}
