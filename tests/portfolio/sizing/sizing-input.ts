import { createRng } from '../../../src/core/rng.js';
import type { SizingInput } from '../../../src/portfolio/sizing/sizing.js';

export interface InputShape {
  readonly seed: number;
  readonly names: number;
  readonly budget?: number;
  readonly maxWeight?: number;
  readonly targetVolatility?: number;
  readonly slots?: number;
  /** Factors that names have in common; without own risk their covariance is singular where there are fewer than names. */
  readonly factors?: number;
  readonly ownRisk?: boolean;
}

/** Names with a market and other factors in common; expected returns of both signs. */
export function sizingInput({ seed, names, budget = 0.95, maxWeight = 0.08, targetVolatility = 0.15, slots = 20, factors = 3, ownRisk = true }: InputShape): SizingInput {
  const rng = createRng(seed);
  const loadings = Array.from({ length: names }, () => Array.from({ length: factors }, (_, k) => (k === 0 ? 0.12 + 0.1 * rng.float() : 0.08 * rng.normal())));
  const own = loadings.map(() => (ownRisk ? 0.1 + 0.25 * rng.float() : 0));
  const covariance = Float64Array.from(loadings.flatMap((a, i) => loadings.map((b, j) => a.reduce((sum, value, k) => sum + value * b[k], i === j ? own[i] ** 2 : 0))));
  return {
    symbols: rng.shuffle(loadings.map((_, i) => `N${String(i).padStart(3, '0')}`)),
    volatility: Float64Array.from(loadings, (_, i) => Math.sqrt(covariance[i * (names + 1)])),
    covariance,
    expected: Float64Array.from(loadings, () => 0.06 + 0.15 * rng.normal()),
    budget,
    maxWeight,
    targetVolatility,
    slots,
  };
}

/** The names at these places, in this order. */
export function chosen(input: SizingInput, order: readonly number[]): SizingInput {
  const size = input.symbols.length;
  return {
    ...input,
    symbols: order.map((i) => input.symbols[i]),
    volatility: order.map((i) => input.volatility[i]),
    covariance: Float64Array.from(order.flatMap((i) => order.map((j) => input.covariance[i * size + j]))),
    expected: order.map((i) => input.expected[i]),
  };
}
