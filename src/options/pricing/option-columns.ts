import { InvariantError } from '../../core/errors.js';

/** What a European option's value depends on, but its right: prices in one currency, time in years, the rest fractions, continuous, per year. */
export const INPUTS = ['spot', 'strike', 'years', 'rate', 'dividendYield', 'volatility'] as const;

export type InputName = (typeof INPUTS)[number];

/** One European option on an asset with a continuous dividend yield. */
export interface EuropeanOption extends Readonly<Record<InputName, number>> {
  readonly isCall: boolean;
}

/** Many European options: each input a column [option] or one number for all; `isCall` 1 for a call, 0 for a put. */
export type OptionColumns = Readonly<Record<InputName, number | Float64Array>> & { readonly isCall: boolean | Uint8Array };

/** A column, or one value that stands for all rows by never stepping on. */
export interface Column<Values = Float64Array> {
  readonly values: Values;
  readonly step: 0 | 1;
}

/** The input as a column. */
export function columnOf(input: number | Float64Array): Column {
  return typeof input === 'number' ? { values: Float64Array.of(input), step: 0 } : { values: input, step: 1 };
}

/** The right as a column, 1 call, 0 put. */
export function rightOf(isCall: boolean | Uint8Array): Column<Uint8Array> {
  return typeof isCall === 'boolean' ? { values: Uint8Array.of(isCall ? 1 : 0), step: 0 } : { values: isCall, step: 1 };
}

/**
 * Rows of the columns; 1 when all are single values.
 *
 * @throws InvariantError when columns differ in length
 */
export function rowCount(columns: object, where: string): number {
  const lengths = Object.entries(columns).flatMap(([name, column]: [string, unknown]) => (ArrayBuffer.isView(column) ? [{ name, length: (column as Float64Array).length }] : []));
  const count = lengths.length === 0 ? 1 : lengths[0].length;
  const wrong = lengths.find(({ length }) => length !== count);
  if (wrong !== undefined) throw new InvariantError(`expected ${count} rows in every column, as in "${lengths[0].name}", found ${wrong.length} in "${wrong.name}" of the ${where}`);
  return count;
}

/**
 * The column to write to: the one given, or a new one.
 *
 * @throws InvariantError when the one given has another length
 */
export function outputOf(given: Float64Array | undefined, count: number, name: string): Float64Array {
  if (given !== undefined && given.length !== count) throw new InvariantError(`expected ${count} rows to write "${name}" to, found ${given.length}`);
  return given ?? new Float64Array(count);
}

/**
 * Throws unless the option can be valued at all.
 *
 * @throws InvariantError for what is not finite, a spot or strike that is not positive, negative time or volatility
 */
export function requireOption(option: EuropeanOption): void {
  for (const name of INPUTS) {
    const value = option[name];
    if (!Number.isFinite(value)) throw new InvariantError(`expected a finite "${name}" of the option, found ${value}`);
    const isPrice = name === 'spot' || name === 'strike';
    if (isPrice && value <= 0) throw new InvariantError(`expected a positive "${name}" of the option, found ${value}`);
    if ((name === 'years' || name === 'volatility') && value < 0) throw new InvariantError(`expected "${name}" of the option not below 0, found ${value}`);
  }
}
