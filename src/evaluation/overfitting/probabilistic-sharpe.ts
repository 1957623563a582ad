import { normalCumulative, normalQuantile } from '../../math/normal.js';
import type { SharpeSample } from './sharpe-sample.js';

/**
 * Probability that the true Sharpe ratio exceeds `benchmark` (both per session), given the one observed: Φ((SR − SR*) √(n − 1) / √v)
 * with v = 1 − γ₃ SR + (γ₄ − 1)/4 SR².
 *
 * Takes returns as independent in time; `null` where v is not positive or there are fewer than two sessions.
 *
 * @see Bailey and López de Prado (2012), section 3
 */
export function probabilisticSharpeRatio(sample: SharpeSample, benchmark = 0): number | null {
  const variance = sharpeVariance(sample);
  if (variance === null || sample.count < 2) return null;
  return normalCumulative(((sample.sharpe - benchmark) * Math.sqrt(sample.count - 1)) / Math.sqrt(variance));
}

/**
 * Sessions, not rounded, that a record as good as this one must last before its probabilistic Sharpe ratio reaches `confidence`:
 * 1 + v (Φ⁻¹(confidence) / (SR − SR*))².
 *
 * `null` when the Sharpe ratio does not exceed the benchmark: no length would do.
 *
 * @see Bailey and López de Prado (2012), minimum track record length
 */
export function minimumTrackRecordLength(sample: SharpeSample, { benchmark = 0, confidence = 0.95 }: { readonly benchmark?: number; readonly confidence?: number } = {}): number | null {
  const variance = sharpeVariance(sample);
  if (variance === null || !(sample.sharpe > benchmark)) return null;
  return 1 + variance * (normalQuantile(confidence) / (sample.sharpe - benchmark)) ** 2;
}

/** Variance of √n times the estimated Sharpe ratio; `null` where the moments leave none (Mertens, 2002). */
function sharpeVariance({ sharpe, skewness, kurtosis }: SharpeSample): number | null {
  const variance = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  return variance > 0 ? variance : null;
}
