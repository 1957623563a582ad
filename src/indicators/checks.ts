import { InvariantError } from '../core/errors.js';

const LONGEST_PERIOD = 100_000;

/** @throws InvariantError unless the period is a whole number of rows in TA-Lib's range */
export function requirePeriod(period: number, minimum: number, where: string): void {
  if (Number.isInteger(period) && period >= minimum && period <= LONGEST_PERIOD) return;
  throw new InvariantError(`expected a whole number of rows between ${minimum} and ${LONGEST_PERIOD}, found ${period} in ${where}`);
}

/** Any number but NaN and the infinite ones. */
export const FINITE: readonly [number, number] = [-Number.MAX_VALUE, Number.MAX_VALUE];

/** @throws InvariantError unless the number lies in the range */
export function requireBetween(value: number, [low, high]: readonly [number, number], where: string): void {
  if (value >= low && value <= high) return;
  throw new InvariantError(`expected a number between ${low} and ${high}, found ${value} in ${where}`);
}
