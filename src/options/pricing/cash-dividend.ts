import { InvariantError } from '../../core/errors.js';

/** A dividend in cash, whose amount is known. */
export interface CashDividend {
  /** Time to the ex-dividend date. */
  readonly years: number;
  /** Quote currency per share. */
  readonly amount: number;
}

/** Dividends with an ex-date after now and up to `years`, each at its worth today; `rate` is continuous. */
export function presentValueOfDividends(dividends: readonly CashDividend[], rate: number, years: number): number {
  let sum = 0;
  for (const dividend of dividends) {
    requireDividend(dividend);
    if (dividend.years > 0 && dividend.years <= years) sum += dividend.amount * Math.exp(-rate * dividend.years);
  }
  return sum;
}

export function requireDividend({ years, amount }: CashDividend): void {
  if (!Number.isFinite(years) || !(amount >= 0 && amount < Infinity)) throw new InvariantError(`expected a dividend with a time and an amount not below 0, found ${amount} in ${years} years`);
}
