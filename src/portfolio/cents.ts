import { InvariantError } from '../core/errors.js';

/** Whole cents of the quote currency; sums and differences of them are exact. */
export type Cents = number & { readonly __cents: true };

/**
 * An amount in cents, rounded half away from zero.
 * @throws InvariantError when the amount is not finite or too large to be exact
 */
export function toCents(amount: number, where = 'an amount'): Cents {
  return roundCents(amount * 100, where);
}

/**
 * Whole cents of an amount that is in cents already, rounded half away from zero.
 * @throws InvariantError as `toCents` does
 */
export function roundCents(amount: number, where = 'an amount'): Cents {
  const cents = Math.sign(amount) * Math.round(Math.abs(amount));
  if (!Number.isSafeInteger(cents)) throw new InvariantError(`expected an amount below 90 trillion, found ${amount / 100} in ${where}`);
  return (cents + 0) as Cents;
}

export const fromCents = (cents: Cents): number => cents / 100;

export function addCents(...terms: readonly Cents[]): Cents {
  return terms.reduce((sum: number, term) => sum + term, 0) as Cents;
}

export const negateCents = (cents: Cents): Cents => (0 - cents) as Cents;
