/**
 * The documented schema of everything that is stored, one entry per dataset.
 *
 * `docs/data.md` explains each column; providers deliver batches in this form, the store keeps Parquet in this form.
 */

/** `date` is an epoch day in columns, `timestamp` UTC milliseconds, `number` Float64 with NaN for missing. */
export type FieldType = 'text' | 'number' | 'date' | 'timestamp' | 'boolean';

export interface Field {
  readonly type: FieldType;
  /** May be missing. */
  readonly optional?: boolean;
  readonly describe: string;
  /** Other names under which files carry the column. */
  readonly aliases?: readonly string[];
}

export interface DatasetSchema {
  readonly describe: string;
  /** Columns that identify a row; rows are stored sorted by them. */
  readonly key: readonly string[];
  /** Column whose year, or day, names the partition; `null` = one partition. */
  readonly partitionBy: string | null;
  /** What of the column names the partition, default the year: by day, what an evening adds rewrites nothing else. */
  readonly partitionUnit?: 'year' | 'day';
  readonly fields: Readonly<Record<string, Field>>;
}

const text = (describe: string, more: Partial<Field> = {}): Field => ({ type: 'text', describe, ...more });
const number = (describe: string, more: Partial<Field> = {}): Field => ({ type: 'number', describe, ...more });
const date = (describe: string, more: Partial<Field> = {}): Field => ({ type: 'date', describe, ...more });
const timestamp = (describe: string, more: Partial<Field> = {}): Field => ({ type: 'timestamp', describe, ...more });
const flag = (describe: string, more: Partial<Field> = {}): Field => ({ type: 'boolean', describe, ...more });
const optional = { optional: true } as const;

const symbol = text('instrument: the latest symbol of the company, share classes with "-"', { aliases: ['ticker'] });

/** Every dataset that a provider can deliver. */
export const DATASETS = {
  bars: {
    describe: 'Daily bars, usable from the decision time of their own session.',
    key: ['symbol', 'session'],
    partitionBy: 'session',
    fields: {
      symbol,
      session: date('XNYS session', { aliases: ['date'] }),
      open: number('quote currency', optional),
      high: number('quote currency', optional),
      low: number('quote currency', optional),
      close: number('quote currency', optional),
      adjusted_close: number('close adjusted for splits and cash dividends', { optional: true, aliases: ['adj_close'] }),
      volume: number('shares', optional),
    },
  },
  actions: {
    describe: 'Corporate actions by ex-date.',
    key: ['symbol', 'ex_date', 'kind'],
    partitionBy: null,
    fields: {
      symbol,
      ex_date: date('first session without the entitlement'),
      kind: text('split | dividend'),
      value: number('split: new shares per old share; dividend: cash per share in raw currency'),
      available_at: date('first session at whose decision time the action was known', optional),
    },
  },
  reference: {
    describe: 'Companies; classification is last known, not point in time.',
    key: ['symbol'],
    partitionBy: null,
    fields: {
      symbol,
      name: text('company name'),
      sector: text('GICS sector, last known', optional),
      sub_industry: text('GICS sub-industry, last known', optional),
      as_of: date('date of the list it was read from', { optional: true, aliases: ['last_listed'] }),
    },
  },
  membership: {
    describe: 'Index membership as intervals: member on d when start_date <= d and (end_date is missing or d < end_date).',
    key: ['universe', 'symbol', 'start_date'],
    partitionBy: null,
    fields: {
      universe: text('index name, e.g. sp500', optional),
      symbol: text('instrument', { aliases: ['price_ticker', 'ticker'] }),
      start_date: date('first day of membership'),
      end_date: date('first day after membership', optional),
    },
  },
  symbol_history: {
    describe: 'Which instrument a ticker symbol meant when: from start_date until the day before end_date.',
    key: ['listed_symbol', 'start_date'],
    partitionBy: null,
    fields: {
      listed_symbol: text('symbol as traded or as printed by a source', { aliases: ['ticker'] }),
      symbol: text('instrument it stands for', { aliases: ['price_ticker', 'instrument'] }),
      start_date: date('first day'),
      end_date: date('first day after', optional),
    },
  },
  macro: {
    describe: 'Macro observations; usable from the session `available_at` (see the lag table), not from the observation date.',
    key: ['series_id', 'observation_date'],
    partitionBy: null,
    fields: {
      series_id: text('FRED id or the documented name'),
      observation_date: date('date or first day of the period observed', { aliases: ['date'] }),
      value: number('as published'),
      available_at: date('first session at whose decision time the value was public', optional),
    },
  },
  news: {
    describe: 'Headlines, usable from the first time they were seen.',
    key: ['id', 'symbol'],
    partitionBy: 'first_seen_at',
    fields: {
      id: text('identifier at the source'),
      symbol,
      first_seen_at: timestamp('UTC; when it became readable', { aliases: ['published_at', 'published_utc'] }),
      title: text('headline', { aliases: ['headline'] }),
      summary: text('abstract', optional),
      source: text('publisher', optional),
      url: text('address', optional),
    },
  },
  fundamentals: {
    describe: 'Reported figures, one row a filing that says them: usable from the filing. A restatement is a row of its own.',
    key: ['symbol', 'concept', 'source', 'fiscal_year', 'fiscal_quarter', 'period_end', 'months', 'filed_at'],
    partitionBy: 'filed_at',
    fields: {
      symbol,
      concept: text('e.g. revenue, net_income, eps_diluted'),
      period_end: date('last day of the fiscal period; missing where the source only names the fiscal quarter', optional),
      fiscal_year: number('fiscal year as the company counts it', optional),
      fiscal_quarter: number('fiscal quarter that the period ends with, 1 to 4', optional),
      months: number('months that the value covers: 3 a quarter; 6, 9, 12 the fiscal year to date; 0 a level at the end of the period; missing: of the quarter or its end, as it stands', optional),
      filed_at: timestamp('UTC; when the filing was accepted, or the value first seen where the source has no filing'),
      value: number('in reporting currency, shares, a share, or a fraction, as the concept'),
      source: text('which of several sources; figures of different sources are never subtracted', optional),
    },
  },
  earnings: {
    describe: 'Reports of earnings, one row a report and source: usable from the report. Estimate and actual of a row are on one basis, those of different sources are not.',
    key: ['symbol', 'report_date', 'source'],
    partitionBy: null,
    fields: {
      symbol,
      report_date: date('day of the report in New York'),
      time_of_day: text('bmo (before the open) | amc (after the close)', { optional: true, aliases: ['session'] }),
      fiscal_label: text('fiscal period as the source writes it', optional),
      eps_estimate: number('per share, last estimate before the report', optional),
      eps_actual: number('per share, mostly adjusted (not GAAP)', optional),
      revenue_estimate: number('reporting currency', optional),
      revenue_actual: number('reporting currency', optional),
      first_seen_at: timestamp('UTC; when the source was first seen to have the row', optional),
      source: text('which of several sources', optional),
    },
  },
  filings: {
    describe: 'Filings with the regulator by day, usable from the filing.',
    key: ['symbol', 'form', 'item', 'filed_at'],
    partitionBy: 'filed_at',
    fields: {
      symbol,
      form: text('e.g. 8-K, 10-Q'),
      item: text('item of an 8-K: 2.02 is results', optional),
      filed_at: timestamp('UTC; when the filing was accepted'),
    },
  },
  option_chains: {
    describe: 'End-of-day option chains; open interest of a row was settled the session before.',
    key: ['underlying', 'session', 'expiry', 'strike', 'right'],
    partitionBy: 'session',
    partitionUnit: 'day',
    fields: {
      underlying: text('instrument', { aliases: ['symbol', 'act_symbol', 'ticker'] }),
      session: date('XNYS session', { aliases: ['date'] }),
      expiry: date('expiration date', { aliases: ['expiration'] }),
      strike: number('raw quote currency'),
      right: text('call | put; files may also write C and P', { aliases: ['type', 'call_put', 'option_type', 'cp'] }),
      bid: number('quote currency', optional),
      ask: number('quote currency', optional),
      last: number('price of the last trade, which may be days old, quote currency', { optional: true, aliases: ['last_price'] }),
      volume: number('contracts', optional),
      open_interest: number('contracts settled on the session before, published before the open', { optional: true, aliases: ['oi'] }),
      implied_volatility: number('annualized fraction', { optional: true, aliases: ['iv'] }),
      underlying_price: number('unadjusted price of the underlying when the chain was taken, quote currency', optional),
      quoted_at: timestamp('UTC; when bid and ask were set', optional),
    },
  },
  option_underlyings: {
    describe: 'Underlyings of option chains by session: unadjusted close, and totals over all listed contracts.',
    key: ['underlying', 'session'],
    partitionBy: 'session',
    fields: {
      underlying: text('instrument'),
      session: date('XNYS session', { aliases: ['date'] }),
      close: number('unadjusted close, quote currency', { optional: true, aliases: ['underlying_close_raw'] }),
      is_stale: flag('the chain repeats an earlier one, or mixes contracts from before and after a corporate action', { optional: true, aliases: ['chain_stale'] }),
      call_volume: number('contracts', optional),
      put_volume: number('contracts', optional),
      call_open_interest: number('contracts settled on the session before', { optional: true, aliases: ['call_oi'] }),
      put_open_interest: number('contracts settled on the session before', { optional: true, aliases: ['put_oi'] }),
    },
  },
} as const satisfies Record<string, DatasetSchema>;

export type DatasetName = keyof typeof DATASETS;

export const DATASET_NAMES = Object.keys(DATASETS) as readonly DatasetName[];

/** Schema of a dataset, widened so that its fields can be looked up by any name. */
export function datasetSchema(name: DatasetName): DatasetSchema {
  return DATASETS[name];
}
