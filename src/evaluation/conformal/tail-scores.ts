import type { CorrectedIntervals, SessionIntervals } from './corrected-intervals.js';

/** An end of an interval. */
export type Side = 'low' | 'high';

export interface SettledSide {
  readonly forecast: SessionIntervals;
  readonly issued: CorrectedIntervals;
  /** [stock], NaN where there is none. */
  readonly outcomes: ArrayLike<number>;
}

export interface SideScores {
  /** How far each outcome lay beyond the end as it was forecast, negative within; only stocks with both. */
  readonly scores: Float64Array;
  /** Share of outcomes beyond the end as it was issued; `null` where none was issued for a stock with an outcome. */
  readonly missed: number | null;
}

/** What a session's outcomes say of one end of its intervals. */
export function scoreSide(side: Side, { forecast, issued, outcomes }: SettledSide): SideScores {
  const [ends, given] = [forecast[side], issued[side]];
  const outwards = side === 'low' ? -1 : 1;
  const scores = new Float64Array(outcomes.length);
  let [count, judged, beyond] = [0, 0, 0];
  for (let stock = 0; stock < outcomes.length; stock++) {
    const score = outwards * (outcomes[stock] - ends[stock]);
    if (Number.isNaN(score)) continue;
    scores[count++] = score + 0; // no negative zero, which JSON does not know
    if (Number.isNaN(given[stock])) continue;
    judged++;
    if (outwards * (outcomes[stock] - given[stock]) > 0) beyond++;
  }
  return { scores: scores.slice(0, count), missed: judged > 0 ? beyond / judged : null };
}
