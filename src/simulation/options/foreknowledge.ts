import type { Rng } from '../../core/rng.js';
import { MOST_SLOPE, plantedSlope } from '../planted-slope.js';
import type { OptionFigureSettings, SimulationSettings } from '../settings.js';

/**
 * Correlation with the sum of the scaled residuals of the horizon, in its standard deviations, that gives the rank IC of the settings.
 *
 * A driver of slope s that lasts a session has with h of them the covariance s; this one has the correlation c, thus the covariance c √h.
 * @throws InvariantError `BAD_SIMULATION` when no correlation is enough
 */
export function foreknowledge({ ic, horizon }: OptionFigureSettings, settings: SimulationSettings): number {
  return plantedSlope({ ic, horizon, autocorrelation: (lag) => (lag === 0 ? 1 : 0) }, settings, MOST_SLOPE * Math.sqrt(horizon)) / Math.sqrt(horizon);
}

export interface ForeknownParts {
  readonly correlation: number;
  readonly horizon: number;
  readonly persistence: number;
  /** Scaled residuals of one stock, of unit variance, reaching `horizon` further than what is drawn; [session] */
  readonly scaled: Float64Array;
  readonly sessionCount: number;
}

/** Standard normal numbers of one stock, each of which knows a part of the moves from the next open on; the rest is an AR(1); [session] */
export function drawForeknown({ correlation, horizon, persistence, scaled, sessionCount }: ForeknownParts, rng: Rng): Float64Array {
  const values = new Float64Array(sessionCount);
  const [rest, innovation] = [Math.sqrt(1 - correlation ** 2), Math.sqrt(1 - persistence ** 2)];
  let level = rng.normal();
  for (let t = 0; t < sessionCount; t++) {
    if (t > 0) level = persistence * level + innovation * rng.normal();
    let moves = 0;
    for (let k = 1; k <= horizon; k++) moves += scaled[t + k];
    values[t] = (correlation * moves) / Math.sqrt(horizon) + rest * level;
  }
  return values;
}
