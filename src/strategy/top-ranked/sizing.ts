import type { TopRankedConfig } from './config.js';

interface Sized {
  readonly symbol: string;
  /** Annualized fraction. */
  readonly volatility: number;
}

/**
 * Weights (target volatility ÷ own volatility) ÷ top, each at most `maxWeight`, scaled down together where their sum
 * exceeds `maxGross`; a name without a volatility gets none.
 */
export function cappedWeights(names: readonly Sized[], { targetVolatility, top, maxWeight, maxGross }: Pick<TopRankedConfig, 'targetVolatility' | 'top' | 'maxWeight' | 'maxGross'>): ReadonlyMap<string, number> {
  const raw = names.map(({ symbol, volatility }) => [symbol, volatility > 0 ? Math.min(maxWeight, targetVolatility / volatility / top) : 0] as const);
  const gross = raw.reduce((sum, [, weight]) => sum + weight, 0);
  const scale = gross > maxGross ? maxGross / gross : 1;
  return new Map(raw.map(([symbol, weight]) => [symbol, weight * scale]));
}
