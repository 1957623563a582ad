import { formatNumber, formatPercent } from '../format.js';

/** A probability as percent: whole ones in the middle, a decimal near the ends, and never a 0% or 100% that nobody knows. */
export function chanceText(probability: number): string {
  if (probability < 0.001) return 'below 0.1%';
  if (probability > 0.999) return 'above 99.9%';
  return formatPercent(probability, probability < 0.01 || probability > 0.99 ? 1 : 0);
}

/** A p-value with three decimals. */
export function pValueText(pValue: number): string {
  return pValue < 0.001 ? 'below 0.001' : formatNumber(pValue, 3);
}

/** `alone`: a p-value that is told by `of`, as in "p = 0.041" or "p below 0.001". */
export function pEquals(pValue: number): string {
  return pValue < 0.001 ? 'p below 0.001' : `p = ${formatNumber(pValue, 3)}`;
}
