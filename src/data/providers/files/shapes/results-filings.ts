import type { FileShape } from './shape.js';

/** Filing dates alone, taken for results: the file has no column that says so. */
export const resultsFilings: FileShape = {
  name: 'results-filings',
  describe: 'filing dates of a company without a form, taken for 8-K filings of item 2.02 (results)',
  dataset: 'filings',
  columns: ['ticker', 'filed_date'],
  exact: true,
  longRows: (table) => `select distinct ticker as symbol, '8-K' as form, '2.02' as item, filed_date as filed_at from ${table}`,
  leftOut: [],
};
