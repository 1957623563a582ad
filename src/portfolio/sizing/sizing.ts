/** What names to be entered are sized by; arrays [name] in one order, best first. */
export interface SizingInput {
  readonly symbols: readonly string[];
  /** Annualized fractions, > 0. */
  readonly volatility: ArrayLike<number>;
  /** Covariance of returns a year, [name, name], symmetric, positive semidefinite, shrunk already. */
  readonly covariance: Float64Array;
  /** Expected return a year; NaN where unknown. */
  readonly expected: ArrayLike<number>;
  /** Largest sum of the weights (fraction of equity, ≥ 0). */
  readonly budget: number;
  /** Largest weight of one name (fraction of equity, > 0). */
  readonly maxWeight: number;
  /** Annualized volatility that sizes aim at (fraction). */
  readonly targetVolatility: number;
  /** Names that a full book holds. */
  readonly slots: number;
}

/** A way to turn names into weights. */
export interface Sizing {
  readonly name: string;
  readonly describe: string;
  /** Author, year, equation. */
  readonly source: string;
  /** Whether `covariance` is read: it costs history of all names. */
  readonly needsCovariance: boolean;
  /**
   * Weights [name], each ≥ 0 and ≤ `maxWeight`, their sum ≤ `budget`.
   * @throws InvariantError when the arrays do not belong together
   */
  weights(input: SizingInput): Float64Array;
}
