import { fillTerms, rowsOf } from './black-scholes-terms.js';
import { COMPILED, FORMULAS, type Greek } from './greek-formulas.js';
import { BLOCK, createBlock, type Block } from './kernels/block.js';
import { outputOf, rowCount, type OptionColumns } from './option-columns.js';

/** The block at work, kept from the first call on. */
let block: Block | undefined;

/**
 * Value and Greeks of many European options by Black, Scholes and Merton, [option] for each of `wanted`; written to the columns in `out` that are there.
 *
 * Delta per 1 of spot, gamma per 1 of spot squared, vega, vanna and vomma per 1.00 of volatility, rho per 1.00 of rate; theta, charm and color per
 * year of passing time (−∂/∂T). Without time or volatility they are their limits; at the forward itself gamma, theta and what lies beyond have
 * none and are NaN. Rows that cannot be valued (NaN, infinite, spot or strike not positive, negative time or volatility, a
 * discount or growth beyond e^700) are NaN throughout.
 *
 * @throws InvariantError when columns differ in length
 * @see Merton (1973); Haug (2007), chapter 2
 */
export function greeks<Name extends Greek>(columns: OptionColumns, wanted: readonly Name[], out: Partial<Record<Name, Float64Array>> = {}): Record<Name, Float64Array> {
  const count = rowCount(columns, 'options');
  const results = wanted.map((name) => outputOf(out[name], count, name));
  const rows = rowsOf(columns);
  const isCompiled = wanted.some((name) => COMPILED.includes(name));
  block ??= createBlock();
  for (let from = 0; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from);
    fillTerms(block, rows, from, size);
    if (isCompiled) block.sensitivities(size);
    for (let g = 0; g < wanted.length; g++) FORMULAS[wanted[g]](block.terms, size, results[g], from);
  }
  return Object.fromEntries(wanted.map((name, g) => [name, results[g]])) as Record<Name, Float64Array>;
}
