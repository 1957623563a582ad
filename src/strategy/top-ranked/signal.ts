import type { Evidence } from '../evidence.js';
import type { MarketView } from '../view.js';
import type { Candidates } from './candidate.js';

/** What candidates are ranked by; each asked for by its place among them. */
export interface Ordering {
  /** The higher the better, [candidate]. */
  readonly scores: Float64Array;
  /** What a score is made of; `null` where the rank needs no words of its own. */
  readonly madeOf: (at: number) => Extract<Evidence, { readonly code: 'priority' | 'momentum' }> | null;
  /** Why one is not to be entered whatever its rank; `null`: it may. */
  readonly refusal: (at: number) => string | null;
}

/** What names are ranked by. */
export interface Signal {
  /** Features that it reads, by name. */
  readonly features: readonly string[];
  /** Sessions of history that it needs. */
  readonly lookback: number;
  /** What it thinks of the eligible, [eligible], any unit; NaN: no opinion. */
  opinions(view: MarketView): Float64Array;
  /** Why it has no opinion. */
  readonly lacking: string;
  /** What the candidates, all with an opinion, are ranked by. */
  order(view: MarketView, candidates: Candidates): Ordering;
  /** What spoke for an entry besides its rank. */
  evidence(view: MarketView, symbol: string): readonly Evidence[];
}
