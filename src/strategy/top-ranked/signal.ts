import type { Evidence } from '../strategy.js';
import type { MarketView } from '../view.js';

/** Where a name stands among all that could be held; 1 is best. */
export interface Standing {
  readonly score: number;
  readonly rank: number;
  readonly of: number;
}

/** What names are ranked by. */
export interface Signal {
  /** Features that it reads, by name. */
  readonly features: readonly string[];
  /** Sessions of history that it needs. */
  readonly lookback: number;
  /** The higher the better; NaN: no opinion. */
  score(view: MarketView, symbol: string): number;
  /** Why it has no opinion. */
  readonly lacking: string;
  /** Why a name is not to be entered whatever its rank; `null`: it may. */
  refusal(view: MarketView, symbol: string, score: number): string | null;
  /** What spoke for an entry. */
  evidence(view: MarketView, symbol: string, standing: Standing): Evidence[];
}
