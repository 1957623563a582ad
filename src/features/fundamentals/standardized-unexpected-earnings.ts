import type { SeriesFeature } from '../feature.js';
import { quarterFeature } from './quarter-feature.js';

/** Changes over the year before the newest one, and how many of them must be known. */
const WINDOW = 8;
const MIN_KNOWN = 5;

/** How unusual the newest change of earnings over the year is among those before it. */
export const standardizedUnexpectedEarnings: SeriesFeature = quarterFeature(
  {
    name: 'standardized-unexpected-earnings',
    concepts: ['net_income'],
    describe: `change of net income over the year less the mean of the ${WINDOW} changes before, in their standard deviations, at least ${MIN_KNOWN} of them known`,
    formula: `(d[q] − mean(d[q−1 … q−${WINDOW}])) / std(d[q−1 … q−${WINDOW}]), d[q] = income[q] − income[q−4]`,
    unit: 'z-score',
    source: 'Foster, Olsen and Shevlin (1984), seasonal random walk with drift; net income instead of earnings a share, which splits would break',
  },
  ([income]) => {
    const changes = Array.from({ length: WINDOW + 1 }, (_, k) => income.quarter(k) - income.quarter(k + 4));
    const before = changes.slice(1).filter((change) => !Number.isNaN(change));
    if (before.length < MIN_KNOWN) return Number.NaN;
    const mean = before.reduce((sum, change) => sum + change, 0) / before.length;
    const spread = Math.sqrt(before.reduce((sum, change) => sum + (change - mean) ** 2, 0) / (before.length - 1));
    return spread > 1e-9 * Math.abs(mean) ? (changes[0] - mean) / spread : Number.NaN;
  },
);
