/** What the network foretells of samples; returns are (residual) returns over their expected deviation, as they were learnt. */
export interface FoundationForecast {
  /** Sessions, ascending. */
  readonly horizons: readonly number[];
  /** Levels of the quantiles, rising. */
  readonly levels: readonly number[];
  /** [sample, horizon, level], rising with the level; NaN where nothing is known of a stock. */
  readonly quantiles: Float64Array;
  /** Deviation over each horizon, in expected deviations, [sample, horizon]. */
  readonly volatility: Float64Array;
  /** What is thought of each stock, the mean over the members, [sample, width]. */
  readonly embedding: Float32Array;
  /** What is thought of the market of each session, which a regime is read from, the mean over the members, [session, width]; `null` of networks without such a token. */
  readonly market: Float32Array | null;
  readonly width: number;
}
