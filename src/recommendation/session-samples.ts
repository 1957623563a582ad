import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';
import type { Samples } from '../dataset/samples.js';
import type { Panel } from '../table/panel.js';

export interface SessionSamplesRequest {
  /** In the order of the samples. */
  readonly symbols: readonly string[];
  readonly features: readonly string[];
  /** Annualized volatility of a symbol as expected on the session; NaN where unknown. */
  readonly volatility: (symbol: string) => number;
  /** Sessions that are foretold, open to open. */
  readonly horizon: number;
}

/** Samples of the last session of a panel of features, to be predicted. */
export function sessionSamples(values: Panel, { symbols, features, volatility, horizon }: SessionSamplesRequest): Samples {
  const width = values.sessions.length;
  const rows = Int32Array.from(symbols, (symbol) => values.row(symbol));
  const x = new Float32Array(features.length * rows.length);
  features.forEach((name, feature) => {
    const column = values.column(name);
    rows.forEach((row, i) => (x[feature * rows.length + i] = column[row * width + width - 1]));
  });
  return {
    features,
    length: rows.length,
    x,
    sessions: values.sessions.slice(width - 1),
    counts: Int32Array.of(rows.length),
    symbolRows: rows,
    y: null,
    returns: null,
    scale: Float64Array.from(symbols, (symbol) => volatility(symbol) * Math.sqrt(horizon / SESSIONS_PER_YEAR)),
  };
}
