import type { DetectedSignal } from '../options/intelligence/signal.js';

/** Option chains of an evening, of the names that are recommended or held. */
export interface EveningOptions {
  /** By instrument; names without a chain on the session are not in it. */
  readonly names: Readonly<Record<string, NameOptions>>;
  /** Why there is nothing of any name, one sentence; `null` where there is something. */
  readonly absent: string | null;
  /** Where the chains come from; `null` where there are none. */
  readonly source: { readonly source: string; readonly licence: string } | null;
}

/** Strikes and prices as they are quoted; volatilities annual fractions. */
export interface NameOptions {
  /** Unadjusted price of the underlying; `null` unknown. */
  readonly spot: number | null;
  /** What a quoted price is multiplied by to stand among the prices of the document; `null` where it is not known. */
  readonly toClose: number | null;
  /** The chain holds contracts or prices of another basis. */
  readonly isMixed: boolean;
  readonly figures: OptionFigures;
  /** Strikes nearest the price, ascending. */
  readonly openInterest: { readonly strike: readonly number[]; readonly calls: readonly number[]; readonly puts: readonly number[] };
  /** Of the expiry nearest 30 days; `null` without any smile. */
  readonly smile: {
    readonly days: number;
    readonly kind: 'svi' | 'spline';
    /** Contracts out of the money. */
    readonly quotes: { readonly strike: readonly number[]; readonly volatility: readonly number[] };
    readonly curve: { readonly strike: readonly number[]; readonly volatility: readonly number[] };
  } | null;
  /** At the money, nearest expiry first. */
  readonly termStructure: readonly { readonly days: number; readonly volatility: number }[];
  /** The weightiest first, as many as `options.signals` says. */
  readonly signals: readonly DetectedSignal[];
}

/** Key figures of a chain; `null` where it does not tell. */
export interface OptionFigures {
  /** At the money, 30 days. */
  readonly volatility30: number | null;
  /** Where it stands between the lowest (0) and the highest (1) of the last sessions, and how many of those are known. */
  readonly volatilityRank: number | null;
  readonly volatilitySessions: number;
  /** By all strikes, 30 days. */
  readonly modelFreeVolatility30: number | null;
  /** Puts over calls. */
  readonly putCallVolume: number | null;
  readonly putCallOpenInterest: number | null;
  /** Dealers' gamma exposure, quote currency a move of one percent. */
  readonly gammaExposure: number | null;
  /** Quoted prices. */
  readonly gammaFlip: number | null;
  readonly callWall: number | null;
  readonly putWall: number | null;
  readonly maxPain: number | null;
}
