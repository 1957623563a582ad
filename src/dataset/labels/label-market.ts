import type { Panel } from '../../table/panel.js';

/** What labels are made from. */
export interface LabelMarket {
  /**
   * Total-return open, high, low, close [symbol, session], every session of the span; where known `segment` (breaks of the
   * series) and `suspect` (1: bars on which no decision is to rest).
   */
  readonly bars: Panel;
  /** 1 where a symbol was a member of the universe, [symbol, session]. */
  readonly member: Uint8Array;
  /** Sector by symbol; last known, not point in time. */
  readonly sectors: ReadonlyMap<string, string>;
}
