/**
 * Loss of a quantile forecast, in the unit of the outcome: level × excess of the outcome, or (1 − level) × what it falls short by
 * (Koenker and Bassett, 1978). NaN where either is missing.
 */
export function pinballLoss(outcome: number, forecast: number, level: number): number {
  const excess = outcome - forecast;
  return excess >= 0 ? level * excess : (level - 1) * excess;
}
