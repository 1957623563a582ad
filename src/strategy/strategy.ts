import type { IsoDate } from '../core/dates.js';
import type { Position } from '../portfolio/book.js';
import type { MarketView } from './view.js';

/** The book as a strategy sees it: what is held after the fills of the session. */
export interface BookView {
  readonly equity: number;
  readonly cash: number;
  readonly positions: readonly Position[];
}

/** Something that spoke for a decision, by name, with the numbers a person needs to check it. */
export interface Evidence {
  readonly code: string;
  readonly values: Readonly<Record<string, number | string>>;
}

/** What to do with one instrument at the next open. */
export interface Target {
  readonly symbol: string;
  readonly action: 'enter' | 'hold' | 'exit';
  /** Fraction of equity; 0 for exit. */
  readonly weight: number;
  /** Quote currency. */
  readonly entry: number;
  readonly stop: number;
  readonly target: number;
  /** Sessions from the entry. */
  readonly horizon: number;
  readonly evidence: readonly Evidence[];
}

export interface Decision {
  readonly session: IsoDate;
  /** Every held instrument and every one to enter, in order of importance. */
  readonly targets: readonly Target[];
  /** Instruments looked at and not chosen, and why. */
  readonly leftOut: readonly { readonly symbol: string; readonly reason: string }[];
}

/**
 * A rule that turns what is known at a session into targets for the next open.
 *
 * `decide` is pure and synchronous: the same view and book give the same decision.
 */
export interface Strategy {
  readonly name: string;
  readonly describe: string;
  /** Sessions of history the view should hold. */
  readonly lookback: number;
  /** Features that `decide` reads, by name. */
  readonly features: readonly string[];
  decide(view: MarketView, book: BookView): Decision;
}
