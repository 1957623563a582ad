import type { SeriesFeature } from '../feature.js';
import { quarterFeature } from './quarter-feature.js';

/** Growth that a loss does not make meaningless: the change over the mean size of the two, within ±2. */
export const netIncomeGrowth: SeriesFeature = quarterFeature(
  {
    name: 'net-income-growth',
    concepts: ['net_income'],
    describe: 'net income of the newest quarter less that of the same quarter a year before, over the mean of their sizes; from −2 to 2',
    formula: '2 (income[q] − income[q−4]) / (|income[q]| + |income[q−4]|)',
    unit: 'ratio',
    source: 'Davis, Haltiwanger and Schuh (1996), growth by midpoint, of earnings',
  },
  ([income]) => {
    const [now, before] = [income.quarter(0), income.quarter(4)];
    return (2 * (now - before)) / (Math.abs(now) + Math.abs(before));
  },
);
