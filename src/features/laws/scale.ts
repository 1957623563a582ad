import type { ColumnValues, Panel } from '../../table/panel.js';
import { computeFeatures } from '../compute/compute-features.js';
import type { FeatureInputs } from '../compute/feature-inputs.js';
import type { Feature } from '../feature.js';
import { differences, nearly, type LawBreach } from './breach.js';

const PRICES = ['open', 'high', 'low', 'close', 'vwap', 'tradedValue'];
const VOLUMES = ['volume', 'tradedValue'];
/** Different for neighbours, so that a comparison of levels between instruments shows too. */
const FACTORS = [4, 1 / 7, 100];

/** Scale law: multiplying all prices, or all volumes, of an instrument moves only features that say so. */
export function checkScale(inputs: FeatureInputs, features: readonly Feature[], { whole, known }: { whole: Panel; known: readonly Feature[] }): LawBreach[] {
  const invariantTo = (what: 'prices' | 'volumes'): Feature[] => features.filter(({ scale }) => scale?.[what] === undefined);
  return (
    [
      ['prices', PRICES],
      ['volumes', VOLUMES],
    ] as const
  ).flatMap(([what, columns]) => {
    const invariant = invariantTo(what);
    const found = computeFeatures(scaled(inputs, columns), invariant, { known });
    return differences({ law: 'scale', detail: `${what} multiplied by ${FACTORS.map((factor) => factor.toPrecision(3)).join(', ')}`, expected: whole, found, same: nearly });
  });
}

function scaled(inputs: FeatureInputs, columns: readonly string[]): FeatureInputs {
  const { bars } = inputs;
  const width = bars.sessions.length;
  const multiplied = (values: ColumnValues): ColumnValues => values.map((value, i) => value * FACTORS[Math.floor(i / width) % FACTORS.length]);
  return { ...inputs, bars: bars.with(Object.fromEntries(columns.filter((name) => bars.has(name)).map((name) => [name, multiplied(bars.column(name))]))) };
}
