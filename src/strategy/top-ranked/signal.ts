import type { Evidence } from '../evidence.js';
import type { MarketView } from '../view.js';
import type { Candidate } from './candidate.js';

/** What a candidate is ranked by, and what that is made of. */
export interface Ordered {
  /** The higher the better. */
  readonly score: number;
  /** `null` where the rank needs no words of its own. */
  readonly evidence: Extract<Evidence, { readonly code: 'priority' | 'momentum' }> | null;
}

/** What names are ranked by. */
export interface Signal {
  /** Features that it reads, by name. */
  readonly features: readonly string[];
  /** Sessions of history that it needs. */
  readonly lookback: number;
  /** What it thinks of one name, any unit; NaN: no opinion. */
  opinion(view: MarketView, symbol: string): number;
  /** Why it has no opinion. */
  readonly lacking: string;
  /** What each of the candidates, all with an opinion, is ranked by; in their order. */
  order(view: MarketView, candidates: readonly Candidate[]): readonly Ordered[];
  /** Why a name is not to be entered whatever its rank; `null`: it may. */
  refusal(view: MarketView, candidate: Candidate): string | null;
  /** What spoke for an entry besides its rank. */
  evidence(view: MarketView, candidate: Candidate): readonly Evidence[];
}
