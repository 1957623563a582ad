import type { Evidence } from '../evidence.js';
import type { MarketView } from '../view.js';
import type { Candidate } from './candidate.js';

/** What candidates are ranked by, in their order. */
export interface Ordering {
  /** The higher the better. */
  readonly scores: ArrayLike<number>;
  /** What the score of one of them is made of; `null` where the rank needs no words of its own. */
  evidence(at: number): Extract<Evidence, { readonly code: 'priority' | 'momentum' }> | null;
}

/** What names are ranked by. */
export interface Signal {
  /** Features that it reads, by name. */
  readonly features: readonly string[];
  /** Sessions of history that it needs. */
  readonly lookback: number;
  /** What it thinks of names, any unit; NaN: no opinion. */
  opinions(view: MarketView): (symbol: string) => number;
  /** Why it has no opinion. */
  readonly lacking: string;
  /** What the candidates, all with an opinion, are ranked by. */
  order(view: MarketView, candidates: readonly Candidate[]): Ordering;
  /** Why a name is not to be entered whatever its rank; `null`: it may. */
  refusal(view: MarketView, candidate: Candidate): string | null;
  /** What spoke for an entry besides its rank. */
  evidence(view: MarketView, candidate: Candidate): readonly Evidence[];
}
