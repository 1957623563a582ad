import { XNYS } from '../core/calendar.js';
import { addDays, fromEpochDay, isoDate, toEpochDay, type EpochDay, type IsoDate } from '../core/dates.js';
import { DataError } from '../core/errors.js';

/** How often a series is observed; decides how long after the END of the observed period it counts as known. */
export type MacroFrequency = 'daily' | 'weekly' | 'monthly' | 'quarterly';

/** A lag of a series' own, longer than that of its frequency. */
export interface LagException {
  /** Calendar days after the end of the observed period. */
  readonly days: number;
  readonly reason: string;
}

export interface MacroSeries {
  readonly frequency: MacroFrequency;
  /** In place of the lag of the frequency. */
  readonly lag?: LagException;
  /** Later vintages differ from the first release: a backtest sees numbers nobody had then. */
  readonly revised: boolean;
  /** May never be a feature. */
  readonly banned?: string;
}

const series = (frequency: MacroFrequency, revised: boolean, ids: string, lag?: LagException): [string, MacroSeries][] => ids.split(' ').map((id) => [id, { frequency, revised, ...(lag ? { lag } : {}) }]);

/** Lag in calendar days after the end of the period; the first session from then on counts, of a daily series the next one. */
const LAG_DAYS: Readonly<Record<MacroFrequency, number>> = { daily: 1, weekly: 7, monthly: 60, quarterly: 60 };

/** Of 804 days of WTI in the history of github.com/datasets/oil-prices (2018 to 2026, by the day in New York on which they came) 169 came later than seven days, 2 later than nine. */
const OIL: LagException = { days: 9, reason: 'EIA publishes daily prices once a week, on Wednesday those up to Monday, after a holiday on Thursday: the price of a Tuesday comes eight or nine days later' };
const HOME_PRICES: LagException = { days: 65, reason: 'S&P publishes on the last Tuesday of the second month, up to 62 days after the month' };
const HOME_SALES: LagException = { days: 65, reason: 'when the government is shut the release waits: that of December 2018 came on 2019-03-05, 64 days after the month' };
const MONEY: LagException = { days: 60, reason: 'since 2021 H.6 comes once a month, with the weeks of the month before: up to 58 days after the week' };

/** Series we know; any other is refused, because a wrong lag is look-ahead. */
export const MACRO_SERIES: ReadonlyMap<string, MacroSeries> = new Map<string, MacroSeries>([
  ...series('daily', false, 'VIX VIX_OPEN VIX_HIGH VIX_LOW VIXCLS DGS1MO DGS3MO DGS6MO DGS1 DGS2 DGS5 DGS10 DGS20 DGS30 DTB3 DTB6 DFF SOFR T10Y2Y T10Y3M T10YIE T5YIE T5YIFR DFII10 RRPONTSYD IRX_13W_TBILL'),
  ...series('daily', false, 'BAMLH0A0HYM2 BAMLC0A0CM WTI_FRONT_FUTURE DXY EURUSD USDJPY'),
  ...series('daily', false, 'WTI_SPOT DCOILWTICO BRENT_SPOT DCOILBRENTEU', OIL),
  ...series('daily', true, 'DTWEXBGS'),
  ...series('weekly', false, 'MORTGAGE30US GASREGW WALCL'),
  ...series('weekly', true, 'ANFCI STLFSI4 ICSA'),
  ...series('weekly', true, 'WM2NS', MONEY),
  ...series('monthly', false, 'FEDFUNDS PCOPPUSDM PALLFNFINDEXM UMCSENT MICH'),
  ...series('monthly', true, 'CPIAUCSL CPILFESL UNRATE U6RATE PAYEMS AHETPI CIVPART INDPRO RSXFS HOUST PERMIT DGORDER M2SL M2REAL PCEPI PCEPILFE PPIFIS CFNAI JTSJOL BUSLOANS'),
  ...series('monthly', true, 'CSUSHPINSA', HOME_PRICES),
  ...series('monthly', true, 'HSN1F', HOME_SALES),
  ...series('quarterly', true, 'GDP GDPC1'),
  ['USREC', { frequency: 'monthly', revised: true, banned: 'recession dates are set many months later' }],
]);

/**
 * The entry of a series.
 * @throws DataError for a series without a lag
 */
export function macroSeries(id: string): MacroSeries {
  const found = MACRO_SERIES.get(id);
  if (!found) throw new DataError(`expected a macro series with a publication lag in the table, found "${id}"; add it to src/data/macro-lags.ts`, { code: 'UNKNOWN_SERIES', fields: { id } });
  return found;
}

/** Last day of the period that is named by its first day (daily and weekly series are named by their last). */
function periodEnd(observation: IsoDate, frequency: MacroFrequency): IsoDate {
  const months = { daily: 0, weekly: 0, monthly: 1, quarterly: 3 }[frequency];
  if (months === 0) return observation;
  const first = new Date(Date.UTC(Number(observation.slice(0, 4)), Number(observation.slice(5, 7)) - 1 + months, 1));
  return addDays(fromEpochDay(first.getTime() / 86_400_000), -1);
}

/** The calendar begins here: older observations were public at its first session. */
const CALENDAR_START = isoDate('1990-01-01');

/** A year before the calendar ends, so that every lag stays within it. */
const LATEST = toEpochDay(isoDate('2099-12-31'));

/** Answers so far, by frequency and lag: series that share both share theirs. */
const MEMO = new Map<string, Map<EpochDay, EpochDay>>();

function memoOf(frequency: MacroFrequency, days: number): Map<EpochDay, EpochDay> {
  const key = `${frequency} ${days}`;
  const found = MEMO.get(key) ?? new Map<EpochDay, EpochDay>();
  MEMO.set(key, found);
  return found;
}

/** First session at whose decision time an observation counts as public. */
export function macroAvailableAt(id: string, observation: EpochDay): EpochDay {
  const { frequency, lag } = macroSeries(id);
  const days = lag?.days ?? LAG_DAYS[frequency];
  const memo = memoOf(frequency, days);
  const known = memo.get(observation);
  if (known !== undefined) return known;
  if (observation > LATEST) throw new DataError(`expected an observation of macro series "${id}" that somebody has made, found one after ${fromEpochDay(LATEST)}`, { code: 'FUTURE_OBSERVATION', fields: { id, observation } });
  const first = addDays(periodEnd(fromEpochDay(observation), frequency), days);
  const session = toEpochDay(XNYS.onOrAfter(first < CALENDAR_START ? CALENDAR_START : first));
  memo.set(observation, session);
  return session;
}
