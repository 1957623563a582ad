import type { SeriesFeature } from '../feature.js';
import type { KnownPeriods } from '../known-periods.js';
import { growth, quarterFeature, yearOf } from './quarter-feature.js';

const overYear = (revenue: KnownPeriods, quarters: number): number => growth(revenue.quarter(quarters), revenue.quarter(quarters + 4));

export const revenueGrowth: SeriesFeature = quarterFeature(
  {
    name: 'revenue-growth',
    concepts: ['revenue'],
    describe: 'revenue of the newest quarter over that of the same quarter a year before, less 1',
    formula: 'revenue[q] / revenue[q−4] − 1',
    unit: 'ratio',
    source: 'Lakonishok, Shleifer and Vishny (1994), sales growth; by quarters',
  },
  ([revenue]) => overYear(revenue, 0),
);

export const revenueGrowthOfYear: SeriesFeature = quarterFeature(
  {
    name: 'revenue-growth-of-year',
    concepts: ['revenue'],
    describe: 'revenue of the newest four quarters over that of the four before, less 1; all eight must be known',
    formula: 'Σ revenue[q … q−3] / Σ revenue[q−4 … q−7] − 1',
    unit: 'ratio',
    source: 'Lakonishok, Shleifer and Vishny (1994), sales growth',
  },
  ([revenue]) => growth(yearOf(revenue, revenue.newest), yearOf(revenue, revenue.newest, 4)),
);

export const revenueAcceleration: SeriesFeature = quarterFeature(
  {
    name: 'revenue-acceleration',
    concepts: ['revenue'],
    describe: 'growth of revenue over the year less that of the quarter before',
    formula: 'revenue[q] / revenue[q−4] − revenue[q−1] / revenue[q−5]',
    unit: 'ratio',
    source: 'own definition; He and Narayanamoorthy (2020) of earnings',
  },
  ([revenue]) => overYear(revenue, 0) - overYear(revenue, 1),
);
