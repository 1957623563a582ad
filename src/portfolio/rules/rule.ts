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
  /** Sessions until the earnings report that past reports let expect, 1 = the next session, ≤ 0 = it is overdue; NaN when unknown. */
  readonly sessionsToEarnings: number;
  /** Sessions that it is still meant to be held. */
  readonly horizon: number;
  /** Held, and not to be sold at the next open as far as is known: what is held of it stays whatever a rule wants. */
  readonly locked: boolean;
}

/** What risk rules judge weights by. */
export interface RiskFacts {
  readonly session: IsoDate;
  /** Quote currency, > 0. */
  readonly equity: number;
  /** How far equity is below its highest so far (fraction, ≥ 0). */
  readonly drawdown: number;
  /** Every name that is held or wanted, by symbol. */
  readonly names: ReadonlyMap<string, RiskName>;
  /** Correlation of the daily returns of two names, the same both ways round; NaN when unknown. */
  correlation(a: string, b: string): number;
}

/** Symbol → weight after the action (fraction of equity, ≥ 0); held names that are to be left have weight 0. */
export type Weights = ReadonlyMap<string, number>;

/** The numbers behind a cut. */
export type CutValues = Readonly<Record<string, number | string>>;

/** What a rule wants of one name: a smaller weight, and the numbers that say why. */
export interface Cut<Values extends CutValues = CutValues> {
  readonly symbol: string;
  /** The weight it may have, below the one it has. */
  readonly weight: number;
  readonly values: Values;
}

/** What a limit is counted in: `fraction` of equity or a year's volatility, `names`, or a plain `number` (a slope, a correlation). */
export type RiskUnit = 'fraction' | 'names' | 'number';

/** What a rule counts but may not cut. */
export interface Obstacles {
  readonly symbols: readonly string[];
  /** Ends a sentence about the symbols, e.g. "cannot be sold at the next open". */
  readonly why: string;
}

/** A rule in words; docs/RISK_RULES.md lists them. */
export interface RuleWords {
  /** Kebab-case. */
  readonly name: string;
  /** What it is for, one sentence. */
  readonly describe: string;
  /** The quantity that it limits. */
  readonly limits: string;
  readonly unit: RiskUnit;
  /** Whether it judges a name, so that the next in rank may take the place of a purchase that it refuses, or the book, which is then full. */
  readonly judges: 'name' | 'book';
  /** What is cut first and how far, one sentence. */
  readonly cuts: string;
  /** Author, year; `null` where it is common practice. */
  readonly source: string | null;
}

/**
 * An upper limit on weights.
 *
 * It only ever cuts. `cut` of weights that keep to the limit is empty, so that a rule is idempotent; where all of what it may cut does
 * not suffice, it cuts that and `measure` stays above the limit. No weight that falls may raise what is measured (what lowers risk is not
 * credited), so that a limit that is kept to stays kept to; `max-turnover` is the exception and therefore last. What cannot be known
 * counts as the settings say, on the careful side. Nothing depends on the order of the names in a map.
 */
export interface RiskRule<Settings, Values extends CutValues = CutValues> extends RuleWords {
  limit(facts: RiskFacts, settings: Settings): number;
  /** The largest of what is limited, in the rule's unit; `null` when there is nothing to measure. */
  measure(weights: Weights, facts: RiskFacts, settings: Settings): number | null;
  cut(weights: Weights, facts: RiskFacts, settings: Settings): readonly Cut<Values>[];
  /** Left out by rules that can always be kept to. */
  obstacles?(weights: Weights, facts: RiskFacts, settings: Settings): Obstacles;
  /** Why a cut was made, a part of a sentence without its full stop, made from the values alone. */
  words(values: Values): string;
}

/** Stands for a rule's name where purchases are dropped because the rules did not come to an end. */
export const UNSETTLED = 'unsettled';

/** One cut that was made. */
export interface Verdict {
  /** Name of a rule, or `UNSETTLED`. */
  readonly rule: string;
  readonly symbol: string;
  readonly before: number;
  readonly after: number;
  /** The weight that the rule left, where that was too small a purchase to make (`minEntry`) and was dropped; else `null`. */
  readonly dropped: number | null;
  readonly values: CutValues;
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
  /** Name of a rule; `locked` for a sale that cannot be made, `UNSETTLED` for rules that do not come to an end. */
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
  /** Every name that was wanted or is held, by symbol in ascending order. */
  readonly weights: Weights;
  /** In the order in which they were made. */
  readonly verdicts: readonly Verdict[];
  /** Of every rule that is switched on, in their order. */
  readonly readings: readonly RuleReading[];
  /** Empty: every limit is kept to and every sale that is wanted can be made. */
  readonly conflicts: readonly Conflict[];
}
