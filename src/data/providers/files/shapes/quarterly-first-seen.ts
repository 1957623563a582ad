import { melted, type FileShape } from './shape.js';

const flow = { months: '3' };
const level = { months: '0' };

/** Quarters by the time they were first seen. */
export const quarterlyFirstSeen: FileShape = {
  name: 'quarterly-first-seen',
  describe: 'quarters by the time they were first seen, which stands for the filing',
  dataset: 'fundamentals',
  columns: ['ticker', 'period_end', 'first_seen_at', 'backfill', 'revenue', 'net_income', 'eps', 'gross_margin', 'operating_margin', 'free_cash_flow', 'total_debt', 'total_equity', 'cash', 'roe', 'roa', 'shares_outstanding'],
  longRows: (table) =>
    melted(table, `ticker as symbol, period_end, first_seen_at as filed_at, 'quarterly-first-seen' as source`, {
      revenue: flow,
      net_income: flow,
      eps: flow,
      free_cash_flow: flow,
      gross_margin: flow,
      operating_margin: flow,
      roe: flow,
      roa: flow,
      total_debt: level,
      total_equity: level,
      cash: level,
      shares_outstanding: level,
    }),
  leftOut: [{ describe: 'rows were there when the collection began: they count from then, long after their filing', count: (table) => `select count(*) as n from ${table} where cast(backfill as boolean)` }],
};
