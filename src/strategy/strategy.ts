import type { IsoDate } from '../core/dates.js';
import type { Book, Position } from '../portfolio/book.js';
import type { Evidence } from './evidence.js';
import type { MarketView } from './view.js';

/** The book as a strategy sees it: what is held after the fills of the session. */
export interface BookView {
  readonly equity: number;
  readonly cash: number;
  /** Highest equity at a close so far, this one included. */
  readonly highestEquity: number;
  readonly positions: readonly Position[];
  /** What stops sold in the last sessions, oldest first. */
  readonly recentStops: Book['recentStops'];
  /** Held names of which a stop could not sell all, as the market trades too little: the rest is sold at the next open whatever is decided. */
  readonly stopRests?: ReadonlySet<string>;
}

/** How an entry is ordered: at the next open whatever it is, or at not more than a limit (quote currency) during the next session. */
export type EntryOrder = { readonly kind: 'open' } | { readonly kind: 'limit'; readonly limit: number };

/** Where a name stands among all that could be held; 1 is best. */
export interface Standing {
  readonly score: number;
  readonly rank: number;
  readonly of: number;
}

/** What to do with one instrument at the next open. */
export interface Target {
  readonly symbol: string;
  /** `reduce`: held, and to be sold in part; only risk rules ask for it. */
  readonly action: 'enter' | 'hold' | 'reduce' | 'exit';
  /** Fraction of equity after the action; 0 for exit. */
  readonly weight: number;
  /** Quote currency. */
  readonly entry: number;
  readonly stop: number;
  readonly target: number;
  /** Distance of a stop that follows the highest close since the entry (quote currency); `null`: the stop stays where it is. */
  readonly trailing: number | null;
  /** Sessions from the entry. */
  readonly horizon: number;
  /** `null` unless it is entered. */
  readonly order: EntryOrder | null;
  /** `null` where it could not be held now. */
  readonly standing: Standing | null;
  readonly evidence: readonly Evidence[];
  /** What would prove the trade wrong. */
  readonly wouldDisprove: readonly Evidence[];
}

export interface Decision {
  readonly session: IsoDate;
  /** Every held instrument and every one to enter, in order of importance. */
  readonly targets: readonly Target[];
  /** Instruments looked at and not chosen, and why. */
  readonly leftOut: readonly { readonly symbol: string; readonly reason: string; /** The risk rule that refused it. */ readonly rule?: string }[];
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
