import { InvariantError } from '../../core/errors.js';
import type { MarketFeature } from '../feature.js';
import type { MarketInputs } from './market-inputs.js';

/** A feature of the market, [session − from]: NaN while the span is shorter than its lookback. */
export function marketValues(feature: MarketFeature, market: MarketInputs, from: number): Float32Array {
  const values = feature.compute(market);
  if (values.length !== market.sessions.length) throw new InvariantError(`expected one value for each of ${market.sessions.length} sessions, found ${values.length} in feature "${feature.name}"`);
  return Float32Array.from(values.subarray(from), (value, t) => (t + from < feature.lookback ? Number.NaN : value));
}

/** The values of the market at the sessions where an instrument has a bar that is not suspect, [symbol, session − from]; marks and closes [symbol, session]. */
export function spread(values: Float32Array, { close, suspect, from }: { close: Float64Array; suspect: Float64Array | null; from: number }): Float32Array {
  const kept = values.length;
  const symbols = close.length / (kept + from);
  const result = new Float32Array(symbols * kept);
  for (let row = 0; row < symbols; row++) {
    const offset = row * (kept + from) + from;
    for (let t = 0; t < kept; t++) result[row * kept + t] = close[offset + t] > 0 && suspect?.[offset + t] !== 1 ? values[t] : Number.NaN;
  }
  return result;
}
