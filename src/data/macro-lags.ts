import { XNYS } from '../core/calendar.js';
import { addDays, fromEpochDay, isoDate, toEpochDay, type EpochDay, type IsoDate } from '../core/dates.js';
import { DataError } from '../core/errors.js';

/** How often a series is observed; decides how long after the END of the observed period it counts as known. */
export type MacroFrequency = 'daily' | 'weekly' | 'monthly' | 'quarterly';

export interface MacroSeries {
  readonly frequency: MacroFrequency;
  /** Later vintages differ from the first release: a backtest sees numbers nobody had then. */
  readonly revised: boolean;
  /** May never be a feature. */
  readonly banned?: string;
}

const series = (frequency: MacroFrequency, revised: boolean, ids: string): [string, MacroSeries][] => ids.split(' ').map((id) => [id, { frequency, revised }]);

/** Lag in calendar days after the end of the period; daily series wait for the next session instead. */
const LAG_DAYS: Readonly<Record<Exclude<MacroFrequency, 'daily'>, number>> = { weekly: 7, monthly: 60, quarterly: 60 };

/** Series we know; any other is refused, because a wrong lag is look-ahead. */
export const MACRO_SERIES: ReadonlyMap<string, MacroSeries> = new Map<string, MacroSeries>([
  ...series('daily', false, 'VIX VIX_OPEN VIX_HIGH VIX_LOW VIXCLS DGS1MO DGS3MO DGS6MO DGS1 DGS2 DGS5 DGS10 DGS20 DGS30 DTB3 DTB6 DFF SOFR T10Y2Y T10Y3M T10YIE T5YIE T5YIFR DFII10 RRPONTSYD IRX_13W_TBILL'),
  ...series('daily', false, 'BAMLH0A0HYM2 BAMLC0A0CM WTI_SPOT DCOILWTICO BRENT_SPOT DCOILBRENTEU WTI_FRONT_FUTURE DXY EURUSD USDJPY'),
  ...series('daily', true, 'DTWEXBGS'),
  ...series('weekly', false, 'MORTGAGE30US GASREGW WALCL'),
  ...series('weekly', true, 'ANFCI STLFSI4 ICSA WM2NS'),
  ...series('monthly', false, 'FEDFUNDS PCOPPUSDM PALLFNFINDEXM UMCSENT MICH'),
  ...series('monthly', true, 'CPIAUCSL CPILFESL UNRATE U6RATE PAYEMS AHETPI CIVPART INDPRO RSXFS HOUST HSN1F PERMIT DGORDER M2SL M2REAL PCEPI PCEPILFE PPIFIS CFNAI JTSJOL CSUSHPINSA BUSLOANS'),
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

/** Answers so far: series of one frequency share theirs. */
const MEMO: Readonly<Record<MacroFrequency, Map<EpochDay, EpochDay>>> = { daily: new Map(), weekly: new Map(), monthly: new Map(), quarterly: new Map() };

/** First session at whose decision time an observation counts as public. */
export function macroAvailableAt(id: string, observation: EpochDay): EpochDay {
  const { frequency } = macroSeries(id);
  const memo = MEMO[frequency];
  const known = memo.get(observation);
  if (known !== undefined) return known;
  if (observation > LATEST) throw new DataError(`expected an observation of macro series "${id}" that somebody has made, found one after ${fromEpochDay(LATEST)}`, { code: 'FUTURE_OBSERVATION', fields: { id, observation } });
  const end = periodEnd(fromEpochDay(observation), frequency);
  const first = addDays(end, frequency === 'daily' ? 1 : LAG_DAYS[frequency]);
  const session = toEpochDay(XNYS.onOrAfter(first < CALENDAR_START ? CALENDAR_START : first));
  memo.set(observation, session);
  return session;
}
