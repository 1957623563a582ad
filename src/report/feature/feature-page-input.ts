import type { IsoDate } from '../../core/dates.js';
import type { FeatureCard } from '../../features/feature.js';

/** One feature over the members: what it is and what its values are like. Missing values are NaN. */
export interface FeaturePageInput {
  readonly card: FeatureCard;
  /** When a value can be known, in words. */
  readonly availability: string;
  /** Sets that the feature belongs to. */
  readonly sets: readonly string[];
  /** One number a session about the market as a whole: nothing is told of members but how many have it. */
  readonly marketWide?: boolean;
  /** Session of `values`. */
  readonly asOf: IsoDate;
  /** Sessions of the plots over time, ascending; `asOf` is meant to be the last. */
  readonly sessions: readonly IsoDate[];
  /** 10 %, 50 % and 90 % of the members' values, [session]. */
  readonly quantiles: { readonly low: Float64Array; readonly median: Float64Array; readonly high: Float64Array };
  /** Share of the members with a value that have yes, [session]; of flags of single instruments only. */
  readonly yes?: Float64Array;
  /** Share of the members that have a value, [session]. */
  readonly coverage: Float64Array;
  /** Value of every member of the universe on `asOf`, NaN for those without one. */
  readonly values: readonly { readonly symbol: string; readonly value: number }[];
  /** Symbols marked in the distribution, e.g. those recommended; that of `series` when absent. */
  readonly marked?: readonly string[];
  /** One instrument's values, [session]. */
  readonly series: { readonly symbol: string; readonly values: Float64Array } | null;
  /** What made the page, e.g. `swinglab 0.1.0`. */
  readonly generatedBy: string;
}
