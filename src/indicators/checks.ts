import { InvariantError } from '../core/errors.js';
import { suggest } from '../core/suggest.js';

const LONGEST_PERIOD = 100_000;

/** @throws InvariantError unless the period is a whole number of rows in TA-Lib's range */
export function requirePeriod(period: number, minimum: number, where: string, name = 'period'): void {
  if (Number.isInteger(period) && period >= minimum && period <= LONGEST_PERIOD) return;
  throw new InvariantError(`expected a whole number of rows between ${minimum} and ${LONGEST_PERIOD}, found ${shown(period)} as ${name} of ${where}`);
}

/** Any number but NaN and the infinite ones. */
export const FINITE: readonly [number, number] = [-Number.MAX_VALUE, Number.MAX_VALUE];

/** @throws InvariantError unless the number lies in the range */
export function requireBetween(value: number, [low, high]: readonly [number, number], where: string, name: string): void {
  if (typeof value === 'number' && value >= low && value <= high) return;
  throw new InvariantError(`expected a number between ${low} and ${high}, found ${shown(value)} as ${name} of ${where}`);
}

/**
 * Options are read by their names, so that one that is misspelt would silently leave its default in force.
 * @throws InvariantError unless they are an object that has only these names
 */
export function requireOptions(options: object, names: readonly string[], where: string): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) throw new InvariantError(`expected the options of ${where} as an object with ${names.join(', ')}, found ${shown(options)}`);
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    const near = suggest(name, names);
    throw new InvariantError(`expected only the options ${names.join(', ')}, found "${name}" in ${where}${near === null ? '' : `; did you mean "${near}"?`}`);
  }
}

/** A value as an error shows it, so that "14" is not taken for 14. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
