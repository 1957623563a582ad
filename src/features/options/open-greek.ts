import type { SummaryColumn } from '../../options/summary/columns.js';
import type { FeatureUnit, SeriesFeature } from '../feature.js';
import { comparable } from './comparable.js';
import { optionsFeature } from './options-feature.js';

/** A Greek of what is open, weighted by open interest. */
export function openGreek(name: string, column: SummaryColumn, { describe, formula, unit }: { readonly describe: string; readonly formula: string; readonly unit: FeatureUnit }): SeriesFeature {
  return optionsFeature({ name, describe: `${describe}, weighted by open interest, at the volatilities of the session`, formula, unit, source: 'Black and Scholes (1973), Merton (1973); weights by open interest', lookback: 0, columns: [column, 'isMixed'] }, { compute: (series) => comparable(series, column) });
}
