import type { IntervalLevels } from './conformal-settings.js';

/**
 * Score of an interval forecast, in the unit of the outcome, the lower the better: its width, and what the outcome lies outside by over the share
 * meant to lie beyond that end (Winkler, 1972; Gneiting and Raftery, 2007, equation 43, there with both shares equal). NaN where anything is missing.
 */
export function intervalScore(outcome: number, { low, high }: { readonly low: number; readonly high: number }, levels: IntervalLevels): number {
  return high - low + Math.max(0, low - outcome) / levels.low + Math.max(0, outcome - high) / (1 - levels.high);
}
