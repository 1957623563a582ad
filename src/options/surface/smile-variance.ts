import type { SurfaceSlice } from './surface.js';

/** Steps to either side, and standard deviations at the money that they reach. */
const [STEPS, REACH] = [80, 10];

/** Model-free variance of a smile. */
export interface SmileVariance {
  /** Annualised. */
  readonly variance: number;
  /** Share of it from strikes beyond the quotes, where volatility is taken to stay what it is at the last. */
  readonly beyondQuotes: number;
}

/**
 * Variance of the log price to expiry, annualised, that replicates by all strikes of a smile: the mean of its total variances over the
 * normal distribution of −d2 = k / √w + √w / 2, which is the strip of out-of-the-money prices over squared strikes, summed by parts.
 * Beyond the quotes volatility is flat (Jiang and Tian, 2005, The model-free implied volatility and its information content, section 2.3).
 *
 * @see Matytsin (2000), Perturbative analysis of volatility smiles; Fukasawa (2012), The normalizing transformation of the implied volatility smile
 */
export function smileVariance({ years, lowest, highest, totalVariance }: Pick<SurfaceSlice, 'years' | 'lowest' | 'highest' | 'totalVariance'>): SmileVariance {
  const step = (REACH / STEPS) * Math.sqrt(totalVariance(0));
  let [sum, beyond] = [0, 0];
  let [zBefore, termBefore, kBefore] = [Number.NaN, 0, 0];
  for (let i = -STEPS; i <= STEPS; i++) {
    const k = i * step;
    const w = totalVariance(Math.max(lowest, Math.min(highest, k)));
    const deviation = Math.sqrt(w);
    const z = k / deviation + deviation / 2;
    const term = w * Math.exp((-z * z) / 2);
    if (i > -STEPS) {
      const part = ((term + termBefore) / 2) * (z - zBefore);
      sum += part;
      if (kBefore < lowest || k > highest) beyond += part;
    }
    [zBefore, termBefore, kBefore] = [z, term, k];
  }
  return { variance: sum / (Math.sqrt(2 * Math.PI) * years), beyondQuotes: beyond / sum };
}
