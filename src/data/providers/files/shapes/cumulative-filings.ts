import { melted, type FileShape } from './shape.js';

/** Calendar days after which the same label means another year: a later filing that carries it is mislabelled. */
const SAME_LABEL = 150;

const labelled = (table: string): string => `(select *, case fiscal_period when 'FY' then 4 when 'Q1' then 1 when 'Q2' then 2 when 'Q3' then 3 end as quarter,
  (form like '10-K%' and fiscal_period <> 'FY') or (form like '10-Q%' and fiscal_period not in ('Q1', 'Q2', 'Q3')) as wrong_form,
  form not like '%/A' and cast(filed as date) > min(cast(filed as date)) over (partition by ticker, fiscal_year, fiscal_period) + ${SAME_LABEL} as wrong_year from ${table})`;

const toDate = { months: 'quarter * 3' };
const level = { months: '0' };

/** Statements by filing with values of the fiscal year to date; the ratios of such values are not read. */
export const cumulativeFilings: FileShape = {
  name: 'cumulative-filings',
  describe: 'statements by filing, cumulative for the fiscal year to date; ratios of cumulative values are not read',
  dataset: 'fundamentals',
  columns: ['ticker', 'filed', 'form', 'fiscal_period', 'fiscal_year', 'revenue', 'net_income', 'eps_diluted', 'operating_cash_flow', 'current_ratio', 'cash_to_lt_debt'],
  longRows: (table) =>
    melted(`(select * from ${labelled(table)} where not wrong_form and not wrong_year)`, `ticker as symbol, fiscal_year, quarter as fiscal_quarter, filed as filed_at, 'cumulative-filings' as source`, {
      revenue: toDate,
      net_income: toDate,
      eps_diluted: toDate,
      operating_cash_flow: toDate,
      current_ratio: level,
      cash_to_lt_debt: level,
    }),
  leftOut: [
    { describe: 'filings left out whose fiscal period does not fit their form', count: (table) => `select count(*) as n from ${labelled(table)} where wrong_form` },
    { describe: 'filings left out whose fiscal label was filed in an earlier season', count: (table) => `select count(*) as n from ${labelled(table)} where wrong_year and not wrong_form` },
  ],
};
