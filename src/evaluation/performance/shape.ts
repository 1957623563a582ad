import { mean } from '../../math/stats.js';
import { checkReturns } from './checked-returns.js';
import { varies } from './deviation.js';
import { finiteOrNull } from './ratio.js';

/** Third standardized population moment, without unit, 0 for a normal distribution; `null` where returns do not vary. */
export function skewness(returns: ArrayLike<number>): number | null {
  return standardizedMoment(checkReturns(returns, 'skewness'), 3);
}

/** Fourth standardized population moment, without unit, 3 for a normal distribution (not excess); `null` where returns do not vary. */
export function kurtosis(returns: ArrayLike<number>): number | null {
  return standardizedMoment(checkReturns(returns, 'kurtosis'), 4);
}

function standardizedMoment(values: Float64Array, power: number): number | null {
  if (!varies(values)) return null;
  const centre = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  return finiteOrNull(mean(values.map((value) => ((value - centre) / deviation) ** power)));
}
