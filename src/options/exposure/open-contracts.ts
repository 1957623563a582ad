import type { CleanRows } from '../chain/clean-rows.js';
import type { ExposureConvention } from './convention.js';

/** Contracts whose exposure can be valued: open, alive, with a believed volatility; each column [contract]. */
export interface OpenContracts {
  readonly count: number;
  readonly strike: Float64Array;
  readonly years: Float64Array;
  readonly volatility: Float64Array;
  readonly openInterest: Float64Array;
  readonly isCall: Uint8Array;
}

/**
 * Picks what can be valued; the rest has no exposure rather than a made-up one.
 * @param volatility of each row, where it is not that of the rows
 */
export function openContracts(rows: Pick<CleanRows, 'count' | 'strike' | 'years' | 'openInterest' | 'isCall'>, volatility: Float64Array, { minVolatility, maxVolatility }: ExposureConvention): OpenContracts {
  const kept = new Int32Array(rows.count);
  let count = 0;
  for (let i = 0; i < rows.count; i++) {
    if (rows.years[i] > 0 && rows.openInterest[i] > 0 && volatility[i] >= minVolatility && volatility[i] <= maxVolatility) kept[count++] = i;
  }
  const isCall = new Uint8Array(count);
  for (let k = 0; k < count; k++) isCall[k] = rows.isCall[kept[k]];
  const chosen = kept.subarray(0, count);
  return { count, strike: picked(rows.strike, chosen), years: picked(rows.years, chosen), volatility: picked(volatility, chosen), openInterest: picked(rows.openInterest, chosen), isCall };
}

function picked(values: Float64Array, rows: Int32Array): Float64Array {
  const result = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) result[k] = values[rows[k]];
  return result;
}
