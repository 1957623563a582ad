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
  readonly width: number;
}

/** What the network looked at, for samples of one session. */
export interface FoundationInsight {
  /** Weight of each session of the window, the last that of the sample, [sample, past]; a row sums to 1. */
  readonly attention: Float64Array;
  readonly past: number;
  /** Mean weight of each feature over the window, the last for how much is known, [sample, feature + 1]. */
  readonly selection: Float64Array;
  /** The stocks it heard most of, by the mean attention of the heads and members in the last round of messages, heaviest first. */
  readonly neighbours: readonly (readonly { readonly row: number; readonly weight: number }[])[];
  /** What the others' features moved the score by: the score less what it would be with nothing special to hear, [sample]. */
  readonly fromOthers: Float64Array;
}
