/** An instrument that could be held, with what it is ranked and sized by. */
export interface Candidate {
  readonly symbol: string;
  /** What the signal thinks of it, in the unit of the signal. */
  readonly opinion: number;
  /** Annualized fraction. */
  readonly volatility: number;
  /** Average true range as a fraction of the close. */
  readonly range: number;
  /** Quote currency a session. */
  readonly dollarVolume: number;
}
