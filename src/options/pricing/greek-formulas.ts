import type { Terms } from './kernels/block.js';
import { timeValue } from './time-value-ratio.js';

/** Value and sensitivities, in the order of the literature. */
export const GREEKS = ['price', 'delta', 'gamma', 'vega', 'theta', 'rho', 'vanna', 'charm', 'vomma', 'speed', 'color'] as const;

export type Greek = (typeof GREEKS)[number];

/** Writes a Greek of the first `count` rows of a block into `out` from row `from` on. */
export type GreekFormula = (terms: Terms, count: number, out: Float64Array, from: number) => void;

/** Those that the kernels compute. */
export const COMPILED: readonly Greek[] = ['delta', 'gamma', 'vega', 'theta', 'rho'];

/** One formula for each Greek, all from the same terms; see `greeks` for their units (Haug, 2007, chapter 2). */
export const FORMULAS: Readonly<Record<Greek, GreekFormula>> = {
  price, delta: copyOf('delta'), gamma: copyOf('gamma'), vega: copyOf('vega'), theta: copyOf('theta'), rho: copyOf('rho'), vanna, charm, vomma, speed, color,
};

function copyOf(name: 'delta' | 'gamma' | 'vega' | 'theta' | 'rho'): GreekFormula {
  return (terms, count, out, from) => out.set(count === terms[name].length ? terms[name] : terms[name].subarray(0, count), from);
}

/** What it is worth if nothing moves, and the value of time, which is that of the side out of the money. */
function price({ sign, assetValue, strikeValue, moneyness, volatility, rootYears, perDeviation, kernel, asset, cash }: Terms, count: number, out: Float64Array, from: number): void {
  for (let i = 0; i < count; i++) {
    const [a, b] = [assetValue[i], strikeValue[i]];
    const [h, t] = [-Math.abs(moneyness[i]) * perDeviation[i], 0.5 * volatility[i] * rootYears[i]];
    if (perDeviation[i] > 0) out[from + i] = Math.max(sign[i] * (a - b), 0) + timeValue(kernel[i], Math.min(a, b), h, t);
    else out[from + i] = sign[i] * (asset[i] - cash[i]);
  }
}

function gammaOf({ spot, perDeviation, kernel }: Terms, i: number): number {
  return (kernel[i] * perDeviation[i]) / (spot[i] * spot[i]);
}

function vanna({ spot, rootYears, perDeviation, second, kernel }: Terms, count: number, out: Float64Array, from: number): void {
  for (let i = 0; i < count; i++) out[from + i] = (-kernel[i] * second[i] * rootYears[i] * perDeviation[i]) / spot[i];
}

/** ∂d1/∂T. */
function drift({ rate, dividendYield, volatility, perDeviation, second }: Terms, i: number): number {
  const half = 0.5 * (volatility[i] * perDeviation[i]) ** 2; // 1 / 2T
  return (rate[i] - dividendYield[i]) * perDeviation[i] - second[i] * half;
}

function charm(terms: Terms, count: number, out: Float64Array, from: number): void {
  const { sign, spot, dividendYield, kernel, asset } = terms;
  for (let i = 0; i < count; i++) out[from + i] = (sign[i] * dividendYield[i] * asset[i] - kernel[i] * drift(terms, i)) / spot[i];
}

/** vega d1 d2 / σ, where 1/σ is √T over the deviation. */
function vomma({ years, perDeviation, first, second, kernel }: Terms, count: number, out: Float64Array, from: number): void {
  for (let i = 0; i < count; i++) out[from + i] = kernel[i] * years[i] * perDeviation[i] * first[i] * second[i];
}

function speed(terms: Terms, count: number, out: Float64Array, from: number): void {
  const { spot, perDeviation, first } = terms;
  for (let i = 0; i < count; i++) out[from + i] = (-gammaOf(terms, i) * (first[i] * perDeviation[i] + 1)) / spot[i];
}

function color(terms: Terms, count: number, out: Float64Array, from: number): void {
  const { dividendYield, volatility, perDeviation, first } = terms;
  for (let i = 0; i < count; i++) {
    const half = 0.5 * (volatility[i] * perDeviation[i]) ** 2; // 1 / 2T
    out[from + i] = gammaOf(terms, i) * (dividendYield[i] + half + first[i] * drift(terms, i));
  }
}
