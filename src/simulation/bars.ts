import type { Rng } from '../core/rng.js';
import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';
import type { LatentInputs, LatentReturns } from './latent-returns.js';
import { hasBar } from './listing.js';

/** Daily bars, each [symbol, session]; NaN where a stock is not listed. Prices in whole cents, volume in whole shares. */
export interface SyntheticBars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Typical price of the bar times volume, quote currency. */
  readonly tradedValue: Float64Array;
}

/**
 * Bars of the first `sessionCount` sessions.
 *
 * High and low are the extremes of a Brownian bridge from open to close, each drawn from its own distribution; volume grows with
 * the stock's volatility and with the size of its move from close to close.
 */
export function drawBars(returns: LatentReturns, inputs: LatentInputs, sessionCount: number, rng: Rng): SyntheticBars {
  const count = inputs.settings.symbols;
  const column = (): Float64Array => new Float64Array(count * sessionCount).fill(NaN);
  const bars = { open: column(), high: column(), low: column(), close: column(), volume: column(), tradedValue: column() };
  for (let i = 0; i < count; i++) drawStock(i, { returns, inputs, sessionCount, bars }, rng.fork(`stock ${i}`));
  return bars;
}

interface BarParts {
  readonly returns: LatentReturns;
  readonly inputs: LatentInputs;
  readonly sessionCount: number;
  readonly bars: SyntheticBars;
}

function drawStock(stock: number, { returns, inputs, sessionCount, bars }: BarParts, rng: Rng): void {
  const { stocks, factors, listing, length, settings } = inputs;
  const sectorVariance = settings.sectors.volatility ** 2 / SESSIONS_PER_YEAR;
  for (let t = 0; t < sessionCount; t++) {
    const [up, down, turnover] = [1 - rng.float(), 1 - rng.float(), rng.normal()];
    const [at, into] = [stock * length + t, stock * sessionCount + t];
    if (!hasBar(listing[at])) continue;
    const [open, move] = [Math.exp(returns.logOpen[at]), returns.logClose[at] - returns.logOpen[at]];
    const variance = ((stocks.betas[stock] * factors.marketVolatility[t]) ** 2 + sectorVariance + returns.volatility[at] ** 2) * (1 - settings.overnightShare);
    const [high, low] = [bridgeMaximum(move, variance, up), -bridgeMaximum(-move, variance, down)];
    bars.open[into] = cents(open);
    bars.close[into] = cents(open * Math.exp(move));
    bars.high[into] = cents(open * Math.exp(high));
    bars.low[into] = cents(open * Math.exp(low));
    const whole = returns.logClose[at] - (t === 0 ? returns.logOpen[at] : returns.logClose[at - 1]); // gaps are traded too
    const size = Math.min(6, Math.abs(whole) / Math.sqrt(variance / (1 - settings.overnightShare)));
    const value = stocks.tradedValues[stock] * Math.exp(0.2 * turnover + 0.7 * Math.log(returns.volatility[at] / stocks.volatilities[stock]) + 0.4 * size - 0.27);
    bars.volume[into] = Math.max(1, Math.round(value / bars.close[into]));
    bars.tradedValue[into] = ((bars.high[into] + bars.low[into] + bars.close[into]) / 3) * bars.volume[into];
  }
}

/** The maximum, relative to its start, of a Brownian motion that ends at `move`, by inversion (Borodin and Salminen, 2002, part II 1.1.8). */
const bridgeMaximum = (move: number, variance: number, uniform: number): number => (move + Math.sqrt(move * move - 2 * variance * Math.log(uniform))) / 2;

const cents = (price: number): number => Math.max(0.01, Math.round(price * 100) / 100);
