/** Ends of an interval for each stock of a session, [stock]; NaN where there is none. */
export interface SessionIntervals {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

/** What to add to both ends of all stocks' intervals of a session; negative for `low` and positive for `high` where they widen. */
export interface IntervalCorrection {
  readonly low: number;
  readonly high: number;
}

/** Corrected ends, [stock]; NaN where forecasts are missing or nothing is known of their errors. */
export interface CorrectedIntervals {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * A session's intervals with their corrections added; one without a correction has none.
 *
 * Each contains the ones within it: where a correction would carry an end past that of a narrower interval, the wider one is stretched to
 * there, so what the narrower one promises stands. Ends of one interval that would cross meet half-way.
 *
 * @param forecasts    outermost first
 * @param corrections  one for each of them
 */
export function correctedIntervals(forecasts: readonly SessionIntervals[], corrections: readonly (IntervalCorrection | null)[]): CorrectedIntervals[] {
  const result = forecasts.map(({ low }) => ({ low: new Float64Array(low.length).fill(Number.NaN), high: new Float64Array(low.length).fill(Number.NaN) }));
  const stocks = forecasts[0].low.length;
  for (let stock = 0; stock < stocks; stock++) {
    let [least, most] = [Infinity, -Infinity];
    for (let i = forecasts.length - 1; i >= 0; i--) {
      const correction = corrections[i];
      if (correction === null) continue;
      // Math.min and Math.max hand on NaN: an end without a forecast stays without one
      const low = Math.min(least, forecasts[i].low[stock] + correction.low);
      const high = Math.max(most, forecasts[i].high[stock] + correction.high);
      const crossed = low > high;
      result[i].low[stock] = crossed ? low + (high - low) / 2 : low;
      result[i].high[stock] = crossed ? result[i].low[stock] : high;
      if (!Number.isNaN(low)) least = result[i].low[stock];
      if (!Number.isNaN(high)) most = result[i].high[stock];
    }
  }
  return result;
}
