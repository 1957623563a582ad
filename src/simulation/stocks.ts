import type { Rng } from '../core/rng.js';
import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';
import type { SimulationSettings } from './settings.js';

/** What does not change about the stocks; each [symbol]. */
export interface Stocks {
  readonly symbols: readonly string[];
  readonly names: readonly string[];
  /** Position in `SECTORS`. */
  readonly sectorOf: Int32Array;
  readonly betas: Float64Array;
  /** Residual volatility of a session, fraction: the root of its mean variance over time. */
  readonly volatilities: Float64Array;
  /** First open, quote currency. */
  readonly prices: Float64Array;
  /** Typical traded value of a session, quote currency. */
  readonly tradedValues: Float64Array;
}

/** Sectors of GICS in the order of their codes. */
export const SECTORS = ['Energy', 'Materials', 'Industrials', 'Consumer Discretionary', 'Consumer Staples', 'Health Care', 'Financials', 'Information Technology', 'Communication Services', 'Utilities', 'Real Estate'] as const;

/** Draws the stocks, each from a stream of its own. */
export function drawStocks(settings: SimulationSettings, rng: Rng): Stocks {
  const { betas, residual, price, tradedValue, sectors } = settings;
  const count = settings.symbols;
  const width = Math.max(3, String(count).length);
  const numbers = Array.from({ length: count }, (_, i) => String(i + 1).padStart(width, '0'));
  const stocks = { sectorOf: new Int32Array(count), betas: new Float64Array(count), volatilities: new Float64Array(count), prices: new Float64Array(count), tradedValues: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const stream = rng.fork(`stock ${i}`);
    stocks.sectorOf[i] = stream.integer(0, sectors.count - 1);
    stocks.betas[i] = betas.mean + betas.deviation * stream.normal();
    stocks.volatilities[i] = (residual.volatility * Math.exp(residual.dispersion * stream.normal())) / Math.sqrt(SESSIONS_PER_YEAR);
    stocks.prices[i] = price.median * Math.exp(price.dispersion * stream.normal());
    stocks.tradedValues[i] = tradedValue.median * Math.exp(tradedValue.dispersion * stream.normal());
  }
  return { symbols: numbers.map((number) => `SYN${number}`), names: numbers.map((number) => `Synthetic Company ${number}`), ...stocks };
}
