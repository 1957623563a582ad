import { melted, type FileShape } from './shape.js';

/** No listed company of an index has fewer shares; smaller numbers are thousands or millions. */
const FEWEST_SHARES = 1_000_000;

/** Times the usual number of the filings before; splits are smaller. */
const UNLIKELY = 30;

/** Judged by earlier filings only, so that what is stored of the past does not depend on the future. */
const judged = (table: string): string => `(select *, usual is not null and (shares > usual * ${UNLIKELY} or shares * ${UNLIKELY} < usual) or shares < ${FEWEST_SHARES} as wrong_shares from (select *,
  cast(shares_outstanding as double) as shares, period not similar to 'Q[123] [0-9]{4}' as wrong_period, row_number() over (partition by ticker, period order by cast(filing_date as date), revenue, net_income, shares_outstanding) > 1 as repeated,
  median(cast(shares_outstanding as double)) filter (where cast(shares_outstanding as double) >= ${FEWEST_SHARES}) over (partition by ticker order by cast(filing_date as date) rows between unbounded preceding and 1 preceding) as usual from ${table}))`;

const kept = (table: string): string => `(select * from ${judged(table)} where not wrong_period and not repeated)`;

/** Single quarters by filing date; a quarterly report has no fourth quarter, so rows labelled Q4 carry a wrong label. */
export const quarterlyFilings: FileShape = {
  name: 'quarterly-filings',
  describe: 'single quarters by filing date',
  dataset: 'fundamentals',
  columns: ['ticker', 'period', 'filing_date', 'revenue', 'net_income', 'shares_outstanding'],
  longRows: (table) =>
    melted(kept(table), `ticker as symbol, cast(substr(period, 4) as integer) as fiscal_year, cast(substr(period, 2, 1) as integer) as fiscal_quarter, filing_date as filed_at, 'quarterly-filings' as source`, {
      revenue: { months: '3' },
      net_income: { months: '3' },
      shares_outstanding: { months: '0', value: 'case when not wrong_shares then shares end' },
    }),
  leftOut: [
    { describe: 'rows left out that are not labelled as a first, second or third quarter, the only ones of quarterly reports', count: (table) => `select count(*) as n from ${judged(table)} where wrong_period` },
    { describe: 'rows left out that repeat a quarter (the first filing stays)', count: (table) => `select count(*) as n from ${judged(table)} where repeated and not wrong_period` },
    { describe: 'numbers of shares masked whose unit is wrong: under a million, or thirty times off the filings before', count: (table) => `select count(*) as n from ${kept(table)} where wrong_shares` },
  ],
};
