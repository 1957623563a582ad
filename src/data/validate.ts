import type { EpochDay } from '../core/dates.js';
import type { DatasetSchema } from './datasets.js';
import { identifier } from './store/duckdb.js';

/** A condition that makes a row unfit to be stored; anything milder is the quality report's business. */
export interface RowCheck {
  /** What was expected, for the message. */
  readonly expectation: string;
  /** SQL that is true for a bad row of the staged table. */
  readonly bad: string;
  /** Fields shown with the first bad rows. */
  readonly show: readonly string[];
}

const PRICES = ['open', 'high', 'low', 'close', 'adjusted_close'] as const;

interface Limits {
  /** The last decided session: nothing can be known from a later day. */
  readonly today: EpochDay;
  /** The last session whose close has passed, where that is later: option chains are recorded between close and decision. */
  readonly closed?: EpochDay;
}

const day = (epochDay: EpochDay): string => `(date '1970-01-01' + ${epochDay})`;

/** Datasets with a session in each row, for whose checks the staging lists the sessions. */
export const SESSION_DATASETS: ReadonlySet<string> = new Set(['bars', 'option_chains', 'option_underlyings']);

function sessionChecks(instrument: string, last: EpochDay): RowCheck[] {
  return [
    { expectation: 'no session after the last closed one', bad: `session > ${day(last)}`, show: [instrument, 'session'] },
    { expectation: 'a session of XNYS (an exchange day)', bad: `session <= ${day(last)} and session not in (select session from xnys_sessions)`, show: [instrument, 'session'] },
  ];
}

function barChecks({ today }: Limits): RowCheck[] {
  return [
    { expectation: 'prices above zero', bad: PRICES.map((price) => `${price} <= 0`).join(' or '), show: ['symbol', 'session', ...PRICES] },
    { expectation: 'finite prices and volume', bad: [...PRICES, 'volume'].map((name) => `isinf(${name})`).join(' or '), show: ['symbol', 'session', ...PRICES] },
    { expectation: 'a volume of zero or more', bad: 'volume < 0', show: ['symbol', 'session', 'volume'] },
    ...sessionChecks('symbol', today),
  ];
}

const intervalCheck: RowCheck = { expectation: 'an end_date after its start_date', bad: 'end_date is not null and end_date <= start_date', show: ['symbol', 'start_date', 'end_date'] };

/** The checks of a dataset; every dataset also needs its required fields and a complete key. */
export function rowChecks(dataset: string, schema: DatasetSchema, limits: Limits): RowCheck[] {
  const required = Object.entries(schema.fields).filter(([, field]) => !field.optional).map(([name]) => name);
  const missing = (name: string): string => (schema.fields[name].type === 'text' ? `${identifier(name)} is null or trim(${identifier(name)}) = ''` : `${identifier(name)} is null`);
  const general: RowCheck[] = required.map((name) => ({ expectation: `a value in "${name}"`, bad: missing(name), show: schema.key }));
  return [...general, ...specificChecks(dataset, limits)];
}

function specificChecks(dataset: string, limits: Limits): RowCheck[] {
  switch (dataset) {
    case 'bars':
      return barChecks(limits);
    case 'membership':
    case 'symbol_history':
      return [intervalCheck];
    case 'macro':
      return [
        { expectation: 'no observation after today', bad: `observation_date > ${day(limits.today)}`, show: ['series_id', 'observation_date'] },
        { expectation: 'an available_at that is not before the observation_date', bad: 'available_at < observation_date', show: ['series_id', 'observation_date', 'available_at'] },
        { expectation: 'a finite value', bad: 'not isfinite(value)', show: ['series_id', 'observation_date', 'value'] },
      ];
    case 'fundamentals':
      return [
        { expectation: 'a finite value', bad: 'not isfinite(value)', show: ['symbol', 'concept', 'filed_at', 'value'] },
        { expectation: 'the months 0, 3, 6, 9 or 12', bad: 'months not in (0, 3, 6, 9, 12)', show: ['symbol', 'concept', 'filed_at', 'months'] },
        { expectation: 'a period_end, or a whole fiscal_year and a fiscal_quarter of 1 to 4', bad: '(period_end is null and (fiscal_year is null or fiscal_quarter is null)) or fiscal_year <> floor(fiscal_year) or fiscal_year not between 1900 and 2100 or fiscal_quarter not in (1, 2, 3, 4)', show: ['symbol', 'concept', 'filed_at', 'period_end', 'fiscal_year', 'fiscal_quarter'] },
        { expectation: 'no filing over a month before the period ended (some sources give the end of a month instead)', bad: 'filed_at < period_end - 31', show: ['symbol', 'concept', 'period_end', 'filed_at'] },
      ];
    case 'earnings':
      return [
        { expectation: 'the time of day bmo or amc', bad: `time_of_day not in ('bmo', 'amc')`, show: ['symbol', 'report_date', 'time_of_day'] },
        { expectation: 'no actual of a report after today', bad: `report_date > ${day(limits.today + 1)} and (eps_actual is not null or revenue_actual is not null)`, show: ['symbol', 'report_date', 'eps_actual', 'revenue_actual'] },
      ];
    case 'actions':
      return [
        { expectation: 'the kind split or dividend', bad: `kind not in ('split', 'dividend')`, show: ['symbol', 'ex_date', 'kind'] },
        { expectation: 'a value above zero', bad: 'value <= 0', show: ['symbol', 'ex_date', 'kind', 'value'] },
      ];
    case 'option_chains':
      return [
        { expectation: 'the right call or put', bad: `"right" not in ('call', 'put')`, show: ['underlying', 'session', 'right'] },
        { expectation: 'an expiry on or after the session', bad: 'expiry < session', show: ['underlying', 'session', 'expiry'] },
        { expectation: 'prices, volume and open interest of zero or more', bad: 'bid < 0 or ask < 0 or last < 0 or volume < 0 or open_interest < 0 or strike <= 0', show: ['underlying', 'session', 'expiry', 'strike', 'bid', 'ask'] },
        { expectation: 'a price of the underlying above zero', bad: 'underlying_price <= 0', show: ['underlying', 'session', 'underlying_price'] },
        ...sessionChecks('underlying', limits.closed ?? limits.today),
      ];
    case 'option_underlyings':
      return [
        { expectation: 'a close above zero', bad: 'close <= 0', show: ['underlying', 'session', 'close'] },
        { expectation: 'volume and open interest of zero or more', bad: 'call_volume < 0 or put_volume < 0 or call_open_interest < 0 or put_open_interest < 0', show: ['underlying', 'session'] },
        ...sessionChecks('underlying', limits.closed ?? limits.today),
      ];
    default:
      return [];
  }
}
