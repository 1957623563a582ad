import type { EpochDay } from '../../core/dates.js';
import { InvariantError } from '../../core/errors.js';
import { ConformalCalibrator } from './conformal-calibrator.js';
import type { ConformalOptions, IntervalLevels } from './conformal-settings.js';
import type { IntervalCorrection } from './corrected-intervals.js';
import { intervalReport, type IntervalReport } from './interval-report.js';

/** Interval forecasts, [session][stock]; NaN where there is none. */
export interface IntervalTable {
  readonly low: readonly ArrayLike<number>[];
  readonly high: readonly ArrayLike<number>[];
}

export interface ConformalInput {
  /** One table for each interval of the options, in their order. */
  readonly forecasts: readonly IntervalTable[];
  /** [session][stock], NaN where there is none; of session t used from t + span on. */
  readonly outcomes: readonly ArrayLike<number>[];
  /** Epoch days of the forecasts, [session]. */
  readonly sessions: ArrayLike<EpochDay>;
  /** Where those sessions stand on the axis of all sessions, ascending whole numbers, [session]: with gaps where not every session has forecasts. */
  readonly positions: ArrayLike<number>;
}

export interface CalibratedInterval {
  readonly levels: IntervalLevels;
  /** Corrected ends, [session][stock]; NaN where forecasts are missing or the session is not calibrated. */
  readonly low: readonly Float64Array[];
  readonly high: readonly Float64Array[];
  /** What was added, [session]; `null` where too little was known yet: not calibrated. */
  readonly corrections: readonly (IntervalCorrection | null)[];
  /** Coverage of the corrected intervals, and on the same cells of the forecasts as they came. */
  readonly coverage: IntervalReport;
  readonly uncorrected: IntervalReport;
}

export interface ConformalIntervals {
  /** In the order of the options. */
  readonly intervals: readonly CalibratedInterval[];
  /** As it stands after the last session: a daily run goes on from here. */
  readonly calibrator: ConformalCalibrator;
}

/**
 * Interval forecasts of many sessions, each corrected by outcomes known at it: a `ConformalCalibrator` led through the sessions.
 *
 * No session's intervals depend on outcomes of sessions later than its own less the span.
 *
 * @throws ConfigError `UNKNOWN_OPTION`
 * @throws InvariantError `BAD_CONFORMAL` for bad settings, `BAD_FORECASTS` or `BAD_OUTCOMES` where tables do not fit
 */
export function conformalIntervals(input: ConformalInput, options: ConformalOptions): ConformalIntervals {
  const calibrator = new ConformalCalibrator(options);
  const { intervals: levels, span } = calibrator.settings;
  requireTables(input, levels.length);
  const { forecasts, outcomes, positions, sessions } = input;
  const tables = levels.map(() => ({ low: [] as Float64Array[], high: [] as Float64Array[], corrections: [] as (IntervalCorrection | null)[] }));
  let settled = 0;
  for (let t = 0; t < sessions.length; t++) {
    for (; settled < t && positions[settled] + span <= positions[t]; settled++) calibrator.settle(positions[t], { session: positions[settled], outcomes: outcomes[settled] });
    const issued = calibrator.issue(positions[t], forecasts.map(({ low, high }) => ({ low: low[t], high: high[t] })));
    tables.forEach(({ low, high, corrections }, i) => {
      low.push(issued.intervals[i].low);
      high.push(issued.intervals[i].high);
      corrections.push(issued.corrections[i]);
    });
  }
  const intervals = tables.map((table, i) => {
    const report = ({ low, high }: IntervalTable): IntervalReport => intervalReport({ low, high, outcomes, sessions, levels: levels[i] });
    return { levels: levels[i], ...table, coverage: report(table), uncorrected: report(whereCorrected(forecasts[i], table)) };
  });
  return { intervals, calibrator };
}

/** Forecasts of the cells that were corrected. */
function whereCorrected({ low, high }: IntervalTable, corrected: IntervalTable): IntervalTable {
  const rows = (values: readonly ArrayLike<number>[], kept: readonly ArrayLike<number>[]): Float64Array[] => values.map((row, t) => Float64Array.from(kept[t]).map((end, stock) => (Number.isNaN(end) ? Number.NaN : row[stock])));
  return { low: rows(low, corrected.low), high: rows(high, corrected.high) };
}

function requireTables({ forecasts, outcomes, positions, sessions }: ConformalInput, intervals: number): void {
  const bad = (message: string): InvariantError => new InvariantError(`${message} in conformalIntervals`, { code: 'BAD_FORECASTS' });
  if (forecasts.length !== intervals) throw bad(`expected forecasts of ${intervals} intervals, found ${forecasts.length}`);
  if (positions.length !== sessions.length) throw bad(`expected a position for each of ${sessions.length} sessions, found ${positions.length}`);
  for (const table of [outcomes, ...forecasts.flatMap(({ low, high }) => [low, high])]) {
    if (table.length !== sessions.length) throw bad(`expected rows of ${sessions.length} sessions, found ${table.length}`);
  }
}
