/** Raw SVI slice of total variance w(k) = a + b (ρ (k − m) + √((k − m)² + σ²)), k the log moneyness. */
export interface SviSlice {
  readonly a: number;
  /** ≥ 0. */
  readonly b: number;
  /** In [−1, 1]. */
  readonly rho: number;
  readonly m: number;
  /** > 0. */
  readonly sigma: number;
}

/** Total variance, volatility² × years, at log moneyness k (Gatheral, 2004). */
export function sviTotalVariance({ a, b, rho, m, sigma }: SviSlice, k: number): number {
  const x = k - m;
  return a + b * (rho * x + Math.sqrt(x * x + sigma * sigma));
}

/**
 * Durrleman's g(k), of the sign of the density that a slice implies: no butterfly arbitrage where it is not below 0.
 *
 * @see Gatheral and Jacquier (2014), Arbitrage-free SVI volatility surfaces, equation 2.1
 */
export function sviDensitySign(slice: SviSlice, k: number): number {
  const { a, b, rho, m, sigma } = slice;
  const x = k - m;
  const root = Math.sqrt(x * x + sigma * sigma);
  const w = a + b * (rho * x + root);
  const first = b * (rho + x / root);
  const second = (b * sigma * sigma) / (root * root * root);
  const level = 1 - (k * first) / (2 * w);
  return level * level - (first * first * (1 / w + 0.25)) / 4 + second / 2;
}

/** Whether total variance stays above 0 and no wing is steeper than the moments of a price allow, b (1 + |ρ|) ≤ 2 (Lee, 2004). */
export function hasSoundWings({ a, b, rho, sigma }: SviSlice): boolean {
  return a + b * sigma * Math.sqrt(Math.max(0, 1 - rho * rho)) > 0 && b * (1 + Math.abs(rho)) <= 2 + 1e-12;
}
