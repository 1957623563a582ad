import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { shrunkCovariance } from '../../math/shrunk-covariance.js';
import { SIZINGS } from '../../portfolio/sizing/registry.js';
import type { MarketView } from '../view.js';
import type { Candidate } from './candidate.js';
import type { TopRankedConfig } from './config.js';

/** Weights of names to be entered, best first, by the configured method, within a budget (fraction of equity). */
export function sizedWeights(view: MarketView, names: readonly Candidate[], budget: number, { sizing, maxWeight, targetVolatility, top }: TopRankedConfig): ReadonlyMap<string, number> {
  const method = SIZINGS[sizing.method](sizing);
  const symbols = names.map(({ symbol }) => symbol);
  const weights = method.weights({
    symbols,
    volatility: names.map(({ volatility }) => volatility),
    covariance: method.needsCovariance ? annualCovariance(view, symbols, sizing.sessions) : diagonal(names),
    expected: symbols.map((symbol) => annualExpectation(view, symbol)),
    budget,
    maxWeight,
    targetVolatility,
    slots: top,
  });
  return new Map(symbols.map((symbol, i) => [symbol, weights[i]]));
}

function annualExpectation(view: MarketView, symbol: string): number {
  const forecast = view.forecast(symbol);
  return typeof forecast?.expectedReturn === 'number' ? (forecast.expectedReturn * SESSIONS_PER_YEAR) / forecast.horizon : Number.NaN;
}

function diagonal(names: readonly Candidate[]): Float64Array {
  const covariance = new Float64Array(names.length ** 2);
  names.forEach(({ volatility }, i) => (covariance[i * names.length + i] = volatility ** 2));
  return covariance;
}

/** Shrunk covariance a year of the close-to-close returns of the last sessions; a return that lacks counts as the mean of its name. */
function annualCovariance(view: MarketView, symbols: readonly string[], sessions: number): Float64Array {
  const returns = symbols.map((symbol) => filledReturns(view.history('close', symbol, sessions + 1)));
  const length = Math.max(1, ...returns.map((series) => series.length));
  const matrix = new Float64Array(symbols.length * length);
  returns.forEach((series, row) => matrix.set(series, row * length));
  return shrunkCovariance(matrix, symbols.length).covariance.map((value) => value * SESSIONS_PER_YEAR);
}

function filledReturns(closes: Float64Array): Float64Array {
  const returns = closes.subarray(1).map((close, i) => close / closes[i] - 1);
  const known = returns.filter((value) => !Number.isNaN(value));
  const mean = known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
  return returns.map((value) => (Number.isNaN(value) ? mean : value));
}
