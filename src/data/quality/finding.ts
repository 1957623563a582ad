import type { IsoDate } from '../../core/dates.js';
import type { Panel } from '../../table/panel.js';

/** What is done about a finding when a panel is read: leave it, do not use it, or correct it as the rule says. */
export type QualityPolicy = 'keep' | 'mask' | 'repair';

/** Something wrong, or suspect, in stored bars. */
export interface QualityFinding {
  readonly rule: string;
  readonly symbol: string;
  /** First session concerned. */
  readonly session: IsoDate;
  /** Last session concerned; equal to `session` for a single bar. */
  readonly end: IsoDate;
  /** First session at whose decision time the finding could be made: a print that reverts is only known a session later. */
  readonly knownAt: IsoDate;
  /** What was expected and what was found, for a person. */
  readonly detail: string;
  /** What is done about it. */
  readonly policy: QualityPolicy;
  /** Rule-specific number: the return (fraction), the count of sessions, the ratio of prices. */
  readonly value: number;
}

/** A finding before the policy was chosen: positions in the panel instead of names and dates. */
export interface RawFinding {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  /** Position of the session at whose decision time it was known. */
  readonly knownAt: number;
  readonly detail: string;
  readonly value: number;
}

/** Bars that are being corrected; columns are copied when first written. */
export interface MutableBars {
  readonly sessionCount: number;
  /** Names of the columns that hold prices: open, high, low, close, adjusted_close and the like, never volume. */
  readonly priceColumns: readonly string[];
  /** A private copy of a column, [symbol, session]: write here. A column that does not exist yet starts as zeros. */
  writable(name: string): Float64Array;
  /** Blanks a bar in all columns of prices and volume. */
  blank(row: number, session: number): void;
}

/**
 * One check of daily bars.
 *
 * `find` reads open, high, low, close, volume as stored and obeys the prefix law: on bars cut at any session it returns
 * exactly those findings of the whole that were known by that session.
 */
export interface QualityRule {
  readonly name: string;
  readonly describe: string;
  readonly defaultPolicy: QualityPolicy;
  readonly policies: readonly QualityPolicy[];
  find(bars: Panel): RawFinding[];
  /** Carries out a policy. Without it `keep` does nothing and `mask` blanks the bars of the finding. */
  apply?(bars: MutableBars, finding: Omit<RawFinding, 'detail' | 'knownAt'>, policy: QualityPolicy): void;
}
