import type { Rng } from '../core/rng.js';
import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';
import { relativeVolatility } from './log-volatility.js';
import type { SimulationSettings } from './settings.js';

/** Log returns of a factor in the two parts of a session: from its open to its close, and on to the next open; each [session]. */
export interface FactorReturns {
  readonly intraday: Float64Array;
  readonly overnight: Float64Array;
}

export interface Factors {
  readonly market: FactorReturns;
  /** [session] 0 calm, 1 stressed. */
  readonly regimes: Uint8Array;
  /** [session] of the market, a session's fraction. */
  readonly marketVolatility: Float64Array;
  readonly sectors: readonly FactorReturns[];
}

/** The market, whose regimes are a Markov chain, and a factor for each sector. */
export function drawFactors(settings: SimulationSettings, length: number, rng: Rng): Factors {
  const regimes = drawRegimes(settings, length, rng.fork('regimes'));
  const relative = relativeVolatility(length, settings.stochasticVolatility, rng.fork('market volatility'));
  const states = [settings.market.calm, settings.market.stressed];
  const marketVolatility = relative.map((level, t) => (level * states[regimes[t]].volatility) / Math.sqrt(SESSIONS_PER_YEAR));
  const drift = Float64Array.from(regimes, (state) => states[state].drift / SESSIONS_PER_YEAR);
  const sectorVolatility = new Float64Array(length).fill(settings.sectors.volatility / Math.sqrt(SESSIONS_PER_YEAR));
  const none = new Float64Array(length);
  return {
    regimes,
    marketVolatility,
    market: drawParts(marketVolatility, drift, settings.overnightShare, rng.fork('market')),
    sectors: Array.from({ length: settings.sectors.count }, (_, sector) => drawParts(sectorVolatility, none, settings.overnightShare, rng.fork(`sector ${sector}`))),
  };
}

function drawRegimes({ market }: SimulationSettings, length: number, rng: Rng): Uint8Array {
  const { calm, stressed } = market;
  const regimes = new Uint8Array(length);
  let state = rng.float() < stressed.meanSessions / (calm.meanSessions + stressed.meanSessions) ? 1 : 0;
  for (let t = 0; t < length; t++) {
    if (t > 0 && rng.float() < 1 / (state === 0 ? calm : stressed).meanSessions) state = 1 - state;
    regimes[t] = state;
  }
  return regimes;
}

function drawParts(volatility: Float64Array, drift: Float64Array, overnightShare: number, rng: Rng): FactorReturns {
  const intraday = new Float64Array(volatility.length);
  const overnight = new Float64Array(volatility.length);
  for (let t = 0; t < volatility.length; t++) {
    intraday[t] = (1 - overnightShare) * drift[t] + volatility[t] * Math.sqrt(1 - overnightShare) * rng.normal();
    overnight[t] = overnightShare * drift[t] + volatility[t] * Math.sqrt(overnightShare) * rng.normal();
  }
  return { intraday, overnight };
}
