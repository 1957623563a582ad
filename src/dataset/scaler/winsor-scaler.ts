import { InvariantError } from '../../core/errors.js';
import { perFeatureScaler } from './per-feature.js';
import { quantileOf } from './quantile-of.js';
import type { Scaler } from './scaler.js';

export interface WinsorOptions {
  /** Quantile of the training values to which lower ones are pulled in. */
  readonly lower?: number;
  readonly upper?: number;
}

/**
 * Values beyond the `lower` or `upper` quantile of the training values (linear interpolation, type 7) pulled in to it.
 * @throws InvariantError unless 0 ≤ lower < upper ≤ 1
 */
export function winsorScaler({ lower = 0.01, upper = 1 - lower }: WinsorOptions = {}): Scaler {
  if (!(lower >= 0 && lower < upper && upper <= 1)) throw new InvariantError(`expected quantiles 0 <= lower < upper <= 1, found ${lower} and ${upper} in winsorScaler`);
  return perFeatureScaler({
    name: 'winsor',
    describe: 'values beyond the outer quantiles of the training values pulled in to them',
    params: { lower, upper },
    learns: ['low', 'high'],
    learn: (values) => [quantileOf(values, lower), quantileOf(values, upper)],
    scale: (value, low, high) => (low === low ? Math.min(high, Math.max(low, value)) : low),
  });
}
