import type { Block, Terms } from './kernels/block.js';
import { columnOf, INPUTS, rightOf, type Column, type InputName, type OptionColumns } from './option-columns.js';

const PER_ROOT_TWO_PI = 1 / 2.5066282746310007;

/** The columns of many options, ready to be read row by row. */
export type Rows = Readonly<Record<InputName, Column>> & { readonly isCall: Column<Uint8Array> };

export function rowsOf(columns: OptionColumns): Rows {
  const inputs = Object.fromEntries(INPUTS.map((name) => [name, columnOf(columns[name])])) as Record<InputName, Column>;
  return { ...inputs, isCall: rightOf(columns.isCall) };
}

/** Fills the first `count` rows of a block from the rows that start at `from`; a row that cannot be valued becomes NaN. */
export function fillTerms({ terms, fill }: Block, rows: Rows, from: number, count: number): void {
  for (const name of INPUTS) copy(rows[name], from, count, terms[name]);
  const { sign, dividendYield, regular } = terms;
  const { values, step } = rows.isCall;
  let hasYield = false;
  for (let i = 0; i < count; i++) {
    sign[i] = values[(from + i) * step] === 1 ? 1 : -1;
    if (dividendYield[i] !== 0) hasYield = true;
  }
  if (!fill(count, hasYield)) return;
  for (let i = 0; i < count; i++) if (regular[i] === 0) limit(terms, i);
}

/** One value for all rows is written once, with the first block, which is the longest. */
function copy({ values, step }: Column, from: number, count: number, into: Float64Array): void {
  if (step === 1) into.set(values.subarray(from, from + count));
  else if (from === 0) into.fill(values[0], 0, count);
}

/**
 * No deviation, or so little or much of it that no density is left: Φ is 0 or 1 and all that the density multiplies is 0. At the forward itself
 * without deviation Φ is a half; the kernel stays, what divides by the deviation has no limit and is NaN.
 */
function limit({ sign, volatility, assetValue, strikeValue, moneyness, rootYears, perDeviation, first, second, kernel, asset, cash }: Terms, i: number): void {
  const x = moneyness[i];
  const deviation = volatility[i] * rootYears[i];
  const isKink = deviation === 0 && x === 0;
  const isUnknown = !(assetValue[i] * strikeValue[i] < Infinity);
  const share = (d: number): number => (isUnknown ? Number.NaN : isKink ? 0.5 : sign[i] * d > 0 ? 1 : 0);
  const reach = (deviation * deviation) / 2;
  perDeviation[i] = isUnknown || isKink ? Number.NaN : 0;
  first[i] = second[i] = isUnknown ? Number.NaN : 0;
  kernel[i] = isUnknown ? Number.NaN : isKink ? assetValue[i] * PER_ROOT_TWO_PI : 0;
  asset[i] = assetValue[i] * share(x + reach);
  cash[i] = strikeValue[i] * share(x - reach);
}
