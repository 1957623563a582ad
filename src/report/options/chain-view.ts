import type { IsoDate } from '../../core/dates.js';
import type { OptionsConfig } from '../../options/config.js';
import type { DetectedSignal } from '../../options/intelligence/signal.js';
import type { ChainPanel } from '../../options/panel/chain-panel.js';

/** A feature of the options family on the session. */
export interface ChainFeature {
  readonly name: string;
  readonly describe: string;
  readonly unit: string;
  /** `null` when it could not be computed. */
  readonly value: number | null;
  /** Sessions with a value that its widening window holds; `null` for one without such a window. */
  readonly support: number | null;
  /** Why there is no value; `null` where there is one. */
  readonly missing: string | null;
}

/** Where data comes from and what one may do with it. */
export interface ChainSource {
  readonly source: string;
  readonly licence: string;
  readonly notes: readonly string[];
}

/** All that is told of one underlying's options at the close of one session; nothing of it was known later than that evening. */
export interface ChainView {
  readonly underlying: string;
  readonly session: IsoDate;
  readonly panel: ChainPanel;
  /** In the order of the registry. */
  readonly features: readonly ChainFeature[];
  /** The weightiest first. */
  readonly signals: readonly DetectedSignal[];
  readonly history: ChainHistory;
  /** Whether closes are adjusted ones of stored bars, or the unadjusted prices that the chains carry. */
  readonly closes: 'bars' | 'chains';
  /** Session of the last split that the prices in the chains show, where they are the closes: those before it are left out; `null` for none. */
  readonly closesSince: IsoDate | null;
  /** Continuous 30-day rate (fraction a year) and where it is from. */
  readonly rate: { readonly value: number; readonly from: 'treasury' | 'configuration' };
  readonly dealers: OptionsConfig['dealers'];
  readonly source: ChainSource;
  /** The chains are the bundled ones. */
  readonly isSample: boolean;
}

/** Sessions of the exchange up to that of the view, oldest first, each column [session]; NaN where there was no chain. */
export interface ChainHistory {
  readonly sessions: readonly IsoDate[];
  /** Unadjusted price of the underlying. */
  readonly spot: Float64Array;
  /** At-the-money volatility at 30 days. */
  readonly volatility30: Float64Array;
}
