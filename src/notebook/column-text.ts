import { quantile } from '../math/stats.js';
import { formatNumber, formatValue, MISSING } from '../report/format.js';

type Cell = string | number | null;

/** Whole numbers below are written without commas: they may be years. */
const GROUPED_FROM = 10_000;
/** Values of one column further apart than this get digits of their own. */
const MIXED_RATIO = 1e5;

/** The cells of a column as text: its numbers with the same decimals, four significant digits for the usual one. */
export function columnText(cells: readonly Cell[]): readonly string[] {
  const write = numberWriter(cells.filter((cell) => typeof cell === 'number').filter(Number.isFinite));
  return cells.map((cell) => (typeof cell === 'string' ? cell : cell === null || Number.isNaN(cell) ? MISSING : Number.isFinite(cell) ? write(cell) : String(cell).replace('-', '\u2212')));
}

/** Whether a column holds numbers and nothing else but gaps. */
export function isNumeric(cells: readonly Cell[]): boolean {
  return cells.some((cell) => typeof cell === 'number') && cells.every((cell) => typeof cell !== 'string');
}

function numberWriter(values: readonly number[]): (value: number) => string {
  const sizes = values.map(Math.abs).filter((size) => size > 0).sort((a, b) => a - b);
  if (values.every(Number.isInteger)) return (sizes.at(-1) ?? 0) < GROUPED_FROM ? (value) => formatNumber(value).replaceAll(',', '') : (value) => formatNumber(value);
  if (sizes.at(-1)! / sizes[Math.floor((sizes.length - 1) / 10)] > MIXED_RATIO || sizes.at(-1)! < 1e-6) return formatValue;
  const digits = shortest(values, Math.min(8, Math.max(2, 3 - Math.floor(Math.log10(quantile(sizes, 0.5))))));
  return (value) => formatNumber(value, digits);
}

/** The fewest decimals that say the same of every value as `most` do. */
function shortest(values: readonly number[], most: number): number {
  let digits = most;
  while (digits > 0 && values.every((value) => Number(value.toFixed(digits)) === Number(value.toFixed(digits - 1)))) digits--;
  return digits;
}
