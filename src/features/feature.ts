import type { SummaryColumn } from '../options/summary/columns.js';
import type { MarketInputs } from './compute/market-inputs.js';
import type { SeriesInputs } from './compute/series-inputs.js';

/** Folders of `features/`, in the order of the documentation. */
export const FEATURE_FAMILIES = ['momentum', 'trend', 'volatility', 'volume', 'structure', 'calendar', 'market', 'macro', 'fundamentals', 'options', 'cross-section', 'alpha158'] as const;

export type FeatureFamily = (typeof FEATURE_FAMILIES)[number];

/** What a number is: fractions, never percent; `sessions` and `days` count; `flag` is 0 or 1, `sign` −1, 0 or 1; `score` lies within −1 and 1; `log money` is ln of quote currency. */
export type FeatureUnit = 'return' | 'ratio' | 'fraction' | 'annualized volatility' | 'annualized return' | 'z-score' | 'rank' | 'correlation' | 'sessions' | 'days' | 'flag' | 'log money' | 'index points' | 'fraction per year' | 'sign' | 'score';

/**
 * What a feature reads besides the bars of its own instrument; decides when it is available and what is missing when it is NaN.
 *
 * `index`: the benchmark; `sector`: companies of the same sector; `members`: everyone in the universe on that session;
 * `options:COLUMN`: a figure of the option chain of the session (`SUMMARY_COLUMNS`); `macro:ID`: a macro series as released; `fundamentals:CONCEPT`: quarters as filed; `earnings:FIELD`: reports as published.
 */
export type FeatureInput = 'bars' | 'volume' | 'vwap' | 'index' | 'sector' | 'members' | 'calendar' | `macro:${string}` | `fundamentals:${string}` | `earnings:${string}` | `options:${SummaryColumn}`;

/** What the registry, the documentation and reports say about a feature. */
export interface FeatureCard {
  /** kebab-case; windows in sessions at the end. */
  readonly name: string;
  readonly family: FeatureFamily;
  /** One sentence in words. */
  readonly describe: string;
  /** As one would write it on paper; C O H L V are bars, r = ln(C[t]/C[t−1]), indices in sessions. */
  readonly formula: string;
  readonly unit: FeatureUnit;
  /** Author, year, where the formula comes from. */
  readonly source: string;
  /** Sessions before the first value: the value at t reads bars of t − lookback … t and nothing older. */
  readonly lookback: number;
  /** Sessions before the first value where the window widens to the lookback; the lookback itself when absent. */
  readonly minHistory?: number;
  readonly inputs: readonly FeatureInput[];
  /** Whether values move when all prices (volumes) of the instrument are multiplied by a constant; invariant when absent. */
  readonly scale?: { readonly prices?: 'varies'; readonly volumes?: 'varies' };
}

/** One number a session about one instrument. */
export interface SeriesFeature extends FeatureCard {
  readonly kind: 'series';
  /** @returns [session]; the engine blanks the first `lookback` sessions, breaks of the series and suspect sessions */
  compute(series: SeriesInputs): Float64Array;
  /** How many sessions of its inputs the value of each session stands on, [session]; for windows that widen. */
  support?(series: SeriesInputs): Float64Array;
}

/** One number a session about the market as a whole; every instrument gets the same. */
export interface MarketFeature extends FeatureCard {
  readonly kind: 'market';
  /** @returns [session] */
  compute(market: MarketInputs): Float64Array;
}

/** A feature of the registry seen from the other members of the same session. */
export interface CrossSectionFeature extends FeatureCard {
  readonly kind: 'cross-section';
  /** The series feature that is compared. */
  readonly of: string;
  /**
   * One session.
   * @param values of the members that have one, [member]
   * @param groups sector of each, −1 unknown, [member]
   * @returns [member]
   */
  transform(values: Float64Array, groups: Int32Array): Float64Array;
}

/**
 * Laws, tested over the whole registry on made-up and on real data: the past does not change when the future arrives
 * (prefix law); NaN during the first `lookback` sessions of an instrument and independent of what lies before the lookback
 * (warm-up law); the same when all prices, or all volumes, are multiplied by a constant, unless `scale` says otherwise
 * (scale law); computing one new session gives bit for bit what computing everything gives (daily law).
 */
export type Feature = SeriesFeature | MarketFeature | CrossSectionFeature;
