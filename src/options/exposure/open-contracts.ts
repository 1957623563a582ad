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
  const kept: number[] = [];
  for (let i = 0; i < rows.count; i++) {
    if (rows.years[i] > 0 && rows.openInterest[i] > 0 && volatility[i] >= minVolatility && volatility[i] <= maxVolatility) kept.push(i);
  }
  const pick = (values: Float64Array): Float64Array => {
    const picked = new Float64Array(kept.length);
    for (let k = 0; k < kept.length; k++) picked[k] = values[kept[k]];
    return picked;
  };
  const isCall = new Uint8Array(kept.length);
  for (let k = 0; k < kept.length; k++) isCall[k] = rows.isCall[kept[k]];
  return { count: kept.length, strike: pick(rows.strike), years: pick(rows.years), volatility: pick(volatility), openInterest: pick(rows.openInterest), isCall };
}
