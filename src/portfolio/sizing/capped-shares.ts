/**
 * Weights in proportion to `shares` that sum to `total`, each at most `cap`: what a cap takes away goes to the others in
 * proportion; a total above what the caps allow is not reached. Shares are ≥ 0; a name without a share gets none.
 */
export function cappedShares(shares: ArrayLike<number>, total: number, cap: number): Float64Array {
  const weights = new Float64Array(shares.length);
  let open = Array.from(weights, (_, i) => i).filter((i) => shares[i] > 0);
  let left = total;
  while (open.length > 0 && left > 0) {
    const scale = left / open.reduce((sum, i) => sum + shares[i], 0);
    const full = open.filter((i) => shares[i] * scale >= cap);
    if (full.length === 0) {
      for (const i of open) weights[i] = shares[i] * scale;
      break;
    }
    for (const i of full) weights[i] = cap;
    left -= cap * full.length;
    open = open.filter((i) => shares[i] * scale < cap);
  }
  return weights;
}
