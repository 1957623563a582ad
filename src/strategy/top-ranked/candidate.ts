/** Instruments that could be held, with what they are ranked and sized by, [candidate]. */
export interface Candidates {
  readonly symbols: readonly string[];
  /** Places among the eligible. */
  readonly places: Int32Array;
  /** What the signal thinks of each, in the unit of the signal. */
  readonly opinion: Float64Array;
  /** Annualized fractions. */
  readonly volatility: Float64Array;
  /** Average true ranges as fractions of the close. */
  readonly range: Float64Array;
  /** Quote currency a session. */
  readonly dollarVolume: Float64Array;
}

/** One of them. */
export interface Candidate {
  readonly symbol: string;
  readonly opinion: number;
  readonly volatility: number;
  readonly range: number;
  readonly dollarVolume: number;
}

export function candidateAt({ symbols, opinion, volatility, range, dollarVolume }: Candidates, at: number): Candidate {
  return { symbol: symbols[at], opinion: opinion[at], volatility: volatility[at], range: range[at], dollarVolume: dollarVolume[at] };
}
