import type { EpochDay, IsoDate } from '../core/dates.js';
import type { Cents } from './cents.js';
import type { Liquidity } from './cost-model.js';

/** A bar of one session as quoted: no adjustment for anything that came later; NaN where missing. */
export interface SessionBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** The bar is not to be believed: orders at the open fill, but nothing rests, no limit is met and no stop follows. */
  readonly suspect: boolean;
}

/** A split or cash dividend that takes effect before the session's open: its ex-date is the session, lies between it and the one before, or became known late. */
export interface SessionAction {
  readonly symbol: string;
  /** Epoch day of the ex-date. */
  readonly exDay: EpochDay;
  readonly kind: 'split' | 'dividend';
  /** Split: new shares per old, > 0; dividend: quote currency per share held at the close before, ≥ 0. */
  readonly value: number;
}

/** An instrument that no longer trades after the session. */
export interface Delisting {
  readonly symbol: string;
  /** What a share is worth in cash, quote currency, ≥ 0: the last price, unless more is known. */
  readonly price: number;
  /** One phrase for a person. */
  readonly reason: string;
}

/** All that a book is taken through one session by. */
export interface SessionMarket {
  readonly session: IsoDate;
  /** The session's bar; `null` when the instrument did not trade. */
  bar(symbol: string): SessionBar | null;
  /** As known at the close before. */
  liquidity(symbol: string): Liquidity;
  /** Last close before the session, in shares as they were then (restated for splits before the session, not of it); NaN when there is none. */
  lastClose(symbol: string): number;
  readonly actions: readonly SessionAction[];
  readonly delistings: readonly Delisting[];
}

/** Something that happened to a book beside fills. */
export type BookEvent = { /** Session before whose open, or for a delisting after whose close, it took effect. */ readonly session: IsoDate } & (
  | { readonly kind: 'split'; readonly symbol: string; readonly exDay: EpochDay; readonly ratio: number; readonly sharesBefore: number; readonly sharesAfter: number }
  | { readonly kind: 'dividend'; readonly symbol: string; readonly exDay: EpochDay; readonly shares: number; readonly perShare: number; /** That the cash grew by. */ readonly cents: Cents }
  | { readonly kind: 'delisted'; readonly symbol: string; readonly price: number; readonly reason: string }
);
