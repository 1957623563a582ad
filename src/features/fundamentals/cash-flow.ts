import type { SeriesFeature } from '../feature.js';
import { quarterFeature, yearOf } from './quarter-feature.js';

/** Income that did not come in as cash. */
export const accruals: SeriesFeature = quarterFeature(
  {
    name: 'accruals',
    concepts: ['operating_cash_flow', 'net_income', 'revenue'],
    describe: 'net income less operating cash flow of four quarters, over their revenue; all must be known',
    formula: '(Σ net income − Σ operating cash flow) / Σ revenue, q … q−3',
    unit: 'fraction',
    source: 'Sloan (1996), by the cash flow statement as in Hribar and Collins (2002); scaled by revenue, total assets are not among the concepts',
  },
  ([cash, income, revenue]) => {
    const sold = yearOf(revenue, cash.newest);
    return sold > 0 ? (yearOf(income, cash.newest) - yearOf(cash, cash.newest)) / sold : Number.NaN;
  },
);

export const cashConversion: SeriesFeature = quarterFeature(
  {
    name: 'cash-conversion',
    concepts: ['operating_cash_flow', 'net_income'],
    describe: 'operating cash flow of four quarters over their net income, NaN for a loss; all must be known',
    formula: 'Σ operating cash flow / Σ net income, q … q−3',
    unit: 'ratio',
    source: 'standard',
  },
  ([cash, income]) => {
    const earned = yearOf(income, cash.newest);
    return earned > 0 ? yearOf(cash, cash.newest) / earned : Number.NaN;
  },
);

export const cashFlowMargin: SeriesFeature = quarterFeature(
  {
    name: 'cash-flow-margin',
    concepts: ['operating_cash_flow', 'revenue'],
    describe: 'operating cash flow of four quarters over their revenue; all must be known',
    formula: 'Σ operating cash flow / Σ revenue, q … q−3',
    unit: 'fraction',
    source: 'standard; cash flow instead of earnings as in Lakonishok, Shleifer and Vishny (1994)',
  },
  ([cash, revenue]) => {
    const sold = yearOf(revenue, cash.newest);
    return sold > 0 ? yearOf(cash, cash.newest) / sold : Number.NaN;
  },
);
