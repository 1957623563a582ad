import type { SeriesFeature } from '../feature.js';
import type { KnownPeriods } from '../known-periods.js';
import { quarterFeature } from './quarter-feature.js';

const CONCEPTS = ['net_income', 'revenue'];
/** Quarters whose margins are compared, and how many of them must be known. */
const WINDOW = 8;
const MIN_KNOWN = 6;

/** Net income over revenue of the quarter `quarters` before the newest; NaN unless revenue is positive. */
function margin([income, revenue]: readonly KnownPeriods[], quarters: number): number {
  const sold = revenue.quarter(quarters, income.newest);
  return sold > 0 ? income.quarter(quarters) / sold : Number.NaN;
}

export const netMargin: SeriesFeature = quarterFeature(
  { name: 'net-margin', concepts: CONCEPTS, describe: 'net income over revenue of the newest quarter', formula: 'net income[q] / revenue[q]', unit: 'fraction', source: 'standard' },
  (known) => margin(known, 0),
);

export const netMarginChange: SeriesFeature = quarterFeature(
  {
    name: 'net-margin-change',
    concepts: CONCEPTS,
    describe: 'net margin of the newest quarter less that of the same quarter a year before',
    formula: 'net income[q] / revenue[q] − net income[q−4] / revenue[q−4]',
    unit: 'fraction',
    source: 'Soliman (2008), change of the profit margin',
  },
  (known) => margin(known, 0) - margin(known, 4),
);

export const netMarginVariability: SeriesFeature = quarterFeature(
  {
    name: 'net-margin-variability',
    concepts: CONCEPTS,
    describe: `standard deviation of the net margin of ${WINDOW} quarters, at least ${MIN_KNOWN} of them known: low when income is stable`,
    formula: `std(net income / revenue, q … q−${WINDOW - 1}), divisor n − 1`,
    unit: 'fraction',
    source: 'Dichev and Tang (2009), volatility of earnings; scaled by revenue',
  },
  (known) => {
    const margins = Array.from({ length: WINDOW }, (_, k) => margin(known, k)).filter((value) => !Number.isNaN(value));
    return margins.length < MIN_KNOWN ? Number.NaN : standardDeviation(margins);
  },
);

function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
