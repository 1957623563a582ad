import type { Panel } from '../../table/panel.js';
import type { LabelMarket } from './label-market.js';

/**
 * What a model is to foretell about each instrument and session, and how far ahead each answer reaches.
 *
 * The label of session t is decided by prices in (t, t + 1 + horizon]; seen from t it covers the half-open span
 * [t, t + span), span = horizon + 1: splits purge with it without being told.
 */
export interface Labels {
  /** In words, e.g. `return over 5 sessions, net of its sector`. */
  readonly describe: string;
  /** Sessions held, open to open. */
  readonly horizon: number;
  /** Sessions from the decision to the open that ends the label: horizon + 1. */
  readonly span: number;
  /**
   * Float64 columns [symbol, session], NaN where there is none:
   * `label` – what is learnt; `return` – simple return open(t+1+h) / open(t+1) − 1 behind it; `scale` – standard deviation of such a
   * return as expected at t from the past 63 sessions (fraction), known at t.
   */
  readonly panel: Panel;
  /** 1 where an instrument counts at a session: a member of the universe whose bar is there and not suspect; [symbol, session]. */
  readonly counts: Uint8Array;
  /** What a label is: a (residual) return, its centred rank within the session, or the barrier that was met; unknown of those made by hand. */
  readonly kind?: 'return' | 'rank' | 'barrier';
  /** What they were made from; absent of those made by hand. */
  readonly market?: LabelMarket;
  /** The same labels over another horizon. */
  at(horizon: number): Labels;
}
