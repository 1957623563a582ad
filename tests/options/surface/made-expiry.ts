import { blackPrice } from '../../../src/options/pricing/black.js';
import type { ExpiryRows } from '../../../src/options/surface/expiry-rows.js';
import type { SmileQuotes } from '../../../src/options/surface/smile-quotes.js';

export interface MadeExpiry {
  readonly years: number;
  readonly forward: number;
  readonly discount: number;
  readonly strikes: readonly number[];
  /** Volatility by log moneyness. */
  readonly volatility: (k: number) => number;
  /** Half spread of the quotes; without it there are none, only last trades. */
  readonly halfSpread?: number;
}

/** A call and a put at every strike, priced without error by a known smile. */
export function madeRows({ years, forward, discount, strikes, volatility, halfSpread }: MadeExpiry): ExpiryRows {
  const count = 2 * strikes.length;
  const column = (value: (strike: number, isCall: boolean) => number): Float64Array => Float64Array.from({ length: count }, (_, i) => value(strikes[i >> 1], i % 2 === 0));
  const price = column((strike, isCall) => {
    const own = volatility(Math.log(strike / forward));
    return strike > 0 && own > 0 ? discount * blackPrice({ forward, strike, years, volatility: own, isCall }) : Number.NaN;
  });
  const quote = (sign: number): Float64Array => price.map((value) => (halfSpread === undefined ? Number.NaN : Math.max(0, value + sign * halfSpread)));
  return {
    strike: column((strike) => strike), isCall: Uint8Array.from({ length: count }, (_, i) => 1 - (i % 2)), price, volatility: column((strike) => volatility(Math.log(strike / forward))),
    volume: column(() => 100), openInterest: column(() => 1000), bid: quote(-1), ask: quote(1),
  };
}

/** `count` strikes from `low` to `high`, evenly spaced. */
export function evenStrikes(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** Quotes of equal weight at log moneynesses. */
export function madeQuotes(k: readonly number[], volatility: (k: number) => number, years: number, forward = 100): SmileQuotes {
  return {
    years, forward, discount: 1, strike: Float64Array.from(k, (x) => forward * Math.exp(x)), volatility: Float64Array.from(k, volatility),
    isCall: Uint8Array.from(k, (x) => (x >= 0 ? 1 : 0)), weight: new Float64Array(k.length).fill(1),
  };
}
