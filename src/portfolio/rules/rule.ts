import type { IsoDate } from '../../core/dates.js';

/** A name as risk rules see it; everything is known at the decision time of the session. */
export interface RiskName {
  readonly symbol: string;
  /** Weight in the book at the last close (fraction of equity); 0 when it is not held. */
  readonly held: number;
  /** Place in the order of importance, 1 first: what comes last is cut first. */
  readonly priority: number;
  /** `null` when unknown. */
  readonly sector: string | null;
  /** Annualized fraction; NaN when unknown. */
  readonly volatility: number;
  /** Slope on the benchmark; NaN when unknown. */
  readonly beta: number;
  /** Median quote currency traded a session; NaN when unknown. */
  readonly dollarVolume: number;
  /** Mean of the worst twentieth of the overnight returns, as a loss (fraction, ≥ 0); NaN when unknown. */
  readonly gapLoss: number;
  /** Sessions until the earnings report that past reports let expect; NaN when unknown. */
  readonly sessionsToEarnings: number;
  /** Sessions that it is still meant to be held. */
  readonly horizon: number;
  /** Held, and not to be sold at the next open as far as is known: its weight stays whatever a rule wants. */
  readonly locked: boolean;
}

/** What risk rules judge weights by. */
export interface RiskFacts {
  readonly session: IsoDate;
  /** Quote currency. */
  readonly equity: number;
  /** How far equity is below its highest so far (fraction, ≥ 0). */
  readonly drawdown: number;
  /** Every name with a weight, held or wanted, by symbol. */
  readonly names: ReadonlyMap<string, RiskName>;
  /** Correlation of the daily returns of two names; NaN when unknown. */
  correlation(a: string, b: string): number;
}

/** Symbol → weight after the action (fraction of equity, ≥ 0); held names that are to be left have weight 0. */
export type Weights = ReadonlyMap<string, number>;

/** What a rule wants of one name: a smaller weight, and the numbers that say why. */
export interface Cut {
  readonly symbol: string;
  /** The weight it may have, below the one it has. */
  readonly weight: number;
  readonly values: Readonly<Record<string, number | string>>;
}

/** How much there is of what a rule limits, in its own unit. */
export interface Measure {
  readonly value: number;
  readonly limit: number;
}

/**
 * A limit on weights.
 *
 * It only ever cuts. `cut` of weights that keep to the limit is empty, so that a rule is idempotent; where all of what it may cut does
 * not suffice (names are locked), it cuts that and `measure` stays above the limit.
 */
export interface RiskRule<Settings> {
  readonly name: string;
  /** What it is for, one sentence. */
  readonly describe: string;
  /** The quantity that it limits, with its unit. */
  readonly limits: string;
  /** What is cut first and how far, one sentence. */
  readonly cuts: string;
  /** Author, year; `null` where it is common practice. */
  readonly source: string | null;
  cut(weights: Weights, facts: RiskFacts, settings: Settings): readonly Cut[];
  /** The largest of what is limited, and its limit; `null` when there is nothing to measure. */
  measure(weights: Weights, facts: RiskFacts, settings: Settings): Measure | null;
}

/** One cut that was made. */
export interface Verdict {
  readonly rule: string;
  readonly symbol: string;
  readonly before: number;
  readonly after: number;
  readonly values: Cut['values'];
}

/** A rule before and after all of them. */
export interface RuleReading {
  readonly rule: string;
  readonly limit: number;
  /** On what was wanted, `null` when there was nothing to measure. */
  readonly before: number | null;
  readonly after: number | null;
}

/** What could not be kept to, and why. */
export interface Conflict {
  readonly rule: string;
  readonly value: number;
  readonly limit: number;
  /** Names that stand in the way. */
  readonly symbols: readonly string[];
  /** One sentence for a person: which limit, by how much, and what stands in the way. */
  readonly reason: string;
}

/** Weights after all rules, with everything that was done to them. */
export interface RiskOutcome {
  readonly weights: Weights;
  /** In the order in which they were made. */
  readonly verdicts: readonly Verdict[];
  readonly readings: readonly RuleReading[];
  /** Empty: every limit is kept to. */
  readonly conflicts: readonly Conflict[];
}
