import { fromEpochDay, type EpochDay } from '../../core/dates.js';
import { InvariantError } from '../../core/errors.js';
import type { CoverageEvaluation } from '../score-evaluation.js';
import type { IntervalLevels } from './conformal-settings.js';
import { intervalScore } from './interval-score.js';

/** How often outcomes lay within their intervals, pooled over stocks and sessions, ends included. */
export interface IntervalFigures extends Omit<CoverageEvaluation, 'nominal' | 'interval'> {
  /** Share meant to lie within. */
  readonly nominal: number;
  /** Mean interval score, in the unit of the outcomes; `null` without samples. */
  readonly score: number | null;
}

export interface IntervalReport {
  readonly overall: IntervalFigures;
  /** By calendar year of the forecast, ascending; years without samples are left out. */
  readonly byYear: readonly (IntervalFigures & { readonly year: number })[];
}

export interface IntervalReportInput {
  /** Ends of the intervals and outcomes, [session][stock]; NaN where there is none. */
  readonly low: readonly ArrayLike<number>[];
  readonly high: readonly ArrayLike<number>[];
  readonly outcomes: readonly ArrayLike<number>[];
  /** Epoch days, [session]. */
  readonly sessions: ArrayLike<EpochDay>;
  readonly levels: IntervalLevels;
}

/**
 * Coverage of intervals by year and overall. Names of a session and overlapping outcomes share their luck: these samples are far fewer than their number.
 * @throws InvariantError `BAD_INTERVALS` when tables differ in size
 */
export function intervalReport(input: IntervalReportInput): IntervalReport {
  requireSameSize(input);
  const { sessions, levels } = input;
  const years = new Map<number, Tally>();
  const overall = emptyTally();
  for (let t = 0; t < sessions.length; t++) {
    const year = Number(fromEpochDay(sessions[t]).slice(0, 4));
    const ofYear = years.get(year) ?? emptyTally();
    years.set(year, ofYear);
    count(input, t, [overall, ofYear]);
  }
  const byYear = [...years].filter(([, { samples }]) => samples > 0).sort(([a], [b]) => a - b);
  return { overall: figuresOf(overall, levels), byYear: byYear.map(([year, tally]) => ({ year, ...figuresOf(tally, levels) })) };
}

interface Tally {
  samples: number;
  below: number;
  above: number;
  width: number;
  score: number;
}

function emptyTally(): Tally {
  return { samples: 0, below: 0, above: 0, width: 0, score: 0 };
}

function count({ low, high, outcomes, levels }: IntervalReportInput, t: number, tallies: readonly Tally[]): void {
  for (let stock = 0; stock < outcomes[t].length; stock++) {
    const [outcome, ends] = [outcomes[t][stock], { low: low[t][stock], high: high[t][stock] }];
    const score = intervalScore(outcome, ends, levels);
    if (Number.isNaN(score)) continue;
    for (const tally of tallies) {
      tally.samples++;
      tally.width += ends.high - ends.low;
      tally.score += score;
      if (outcome < ends.low) tally.below++;
      else if (outcome > ends.high) tally.above++;
    }
  }
}

function figuresOf({ samples, below, above, width, score }: Tally, levels: IntervalLevels): IntervalFigures {
  const share = (total: number): number | null => (samples > 0 ? total / samples : null);
  return { nominal: levels.high - levels.low, samples, within: share(samples - below - above), below: share(below), above: share(above), width: share(width), score: share(score) };
}

function requireSameSize({ low, high, outcomes, sessions }: IntervalReportInput): void {
  const bad = (message: string): InvariantError => new InvariantError(`${message} in intervalReport`, { code: 'BAD_INTERVALS' });
  for (const table of [outcomes, low, high]) {
    if (table.length !== sessions.length) throw bad(`expected rows of ${sessions.length} sessions, found ${table.length}`);
    table.forEach((row, t) => {
      if (row.length !== outcomes[t].length) throw bad(`expected ${outcomes[t].length} stocks on ${fromEpochDay(sessions[t])}, found ${row.length}`);
    });
  }
}
