/** Weights scaled down together where their sum exceeds the budget. */
export function scaledDown(weights: Float64Array, budget: number): Float64Array {
  const gross = weights.reduce((sum, weight) => sum + weight, 0);
  const scale = gross > budget ? budget / gross : 1;
  return weights.map((weight) => weight * scale);
}
