import { InvariantError } from '../../core/errors.js';
import { requireKnownOptions } from '../../core/known-options.js';

/** Quantile levels at the ends of an interval, e.g. 0.05 and 0.95: the share meant to lie within is their difference. */
export interface IntervalLevels {
  readonly low: number;
  readonly high: number;
}

export interface ConformalOptions {
  /** Levels of each interval, outermost first; each further one lies within the one before. */
  readonly intervals: readonly IntervalLevels[];
  /** Sessions from a forecast until its outcome may be used: that of session t from decisions at t + span on (label span, horizon + 1). */
  readonly span: number;
  /** Forecast sessions with outcomes that corrections are measured on, the last ones, 126 unless given; of every fifth session they cover five times the time. */
  readonly window?: number;
  /** How far a session's outcomes move the level of a side: gamma × (share aimed at − share that missed), 0.02 unless given; 0 holds levels fixed. Fewer sessions a year need larger steps: 0.05 to 0.1 of every fifth. */
  readonly gamma?: number;
  /** Forecast sessions with outcomes below which nothing is corrected, 20 unless given: the names of one session share their luck. */
  readonly minSessions?: number;
}

export type ConformalSettings = Required<ConformalOptions>;

const KNOWN = ['intervals', 'span', 'window', 'gamma', 'minSessions'];

/**
 * Options with defaults filled in.
 * @throws ConfigError `UNKNOWN_OPTION`
 * @throws InvariantError `BAD_CONFORMAL` when levels are not nested around the median, or a number is out of its range
 */
export function conformalSettings(options: ConformalOptions): ConformalSettings {
  requireKnownOptions(options, KNOWN, 'conformal intervals');
  const { intervals, span, window = 126, gamma = 0.02, minSessions = Math.min(20, window) } = options;
  requireNested(intervals);
  requireWhole('span', span, 1);
  requireWhole('window', window, 1);
  requireWhole('minSessions', minSessions, 1);
  if (minSessions > window) throw bad(`expected a window of at least the ${minSessions} sessions of minSessions, found ${window}`, { window, minSessions });
  if (!(gamma >= 0 && gamma <= 1)) throw bad(`expected a gamma between 0 and 1, found ${gamma}`, { gamma });
  return { intervals: intervals.map(({ low, high }) => ({ low, high })), span, window, gamma, minSessions };
}

function requireNested(intervals: readonly IntervalLevels[]): void {
  if (intervals.length === 0) throw bad('expected at least one interval, found none', {});
  let outer: IntervalLevels = { low: 0, high: 1 };
  for (const { low, high } of intervals) {
    const nested = low > outer.low && low < 0.5 && high > 0.5 && high < outer.high;
    if (!nested) throw bad(`expected levels between ${outer.low} and ${outer.high}, one on each side of the median, found ${low} and ${high}`, { low, high });
    outer = { low, high };
  }
}

function requireWhole(name: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least)) throw bad(`expected a whole number of at least ${least} as ${name}, found ${value}`, { [name]: value });
}

function bad(message: string, fields: Readonly<Record<string, unknown>>): InvariantError {
  return new InvariantError(`${message} in conformal intervals`, { code: 'BAD_CONFORMAL', fields });
}
