import { blackScholesPrice } from '../../src/options/pricing/black-scholes.js';
import type { OptionChain } from '../../src/options/chain/option-chain.js';

export interface MadeChainOptions {
  readonly underlying?: string;
  readonly session?: number;
  readonly spot?: number;
  readonly days?: readonly number[];
  readonly rate?: number;
  readonly dividendYield?: number;
  /** Annual fraction by log moneyness and years. */
  readonly volatility?: (k: number, years: number) => number;
  /** Strikes as factors of the spot. */
  readonly strikes?: readonly number[];
  /** Half the spread, quote currency; `null`: no quotes, last trades at the price. */
  readonly halfSpread?: number | null;
  /** Whether the source gives its implied volatilities. */
  readonly hasVolatility?: boolean;
  readonly openInterest?: (strike: number, isCall: boolean) => number;
  readonly volume?: (strike: number, isCall: boolean) => number;
  readonly isStale?: boolean;
}

const STRIKES = Array.from({ length: 41 }, (_, k) => 0.6 + 0.02 * k);

/** A chain of European options whose prices follow from a surface that is known. */
export function madeChain({ underlying = 'MADE', session = 20_000, spot = 100, days = [7, 14, 28, 56, 91, 182], rate = 0.04, dividendYield = 0, volatility = () => 0.3, strikes = STRIKES, halfSpread = null, hasVolatility = halfSpread === null, openInterest = () => 100, volume = () => 50, isStale = false }: MadeChainOptions = {}): OptionChain {
  const contracts = days.flatMap((day) => strikes.flatMap((factor) => [true, false].map((isCall) => ({ day, strike: Math.round(spot * factor * 100) / 100, isCall }))));
  const column = (of: (contract: (typeof contracts)[number], price: number, own: number) => number): Float64Array =>
    Float64Array.from(contracts, (contract) => {
      const years = contract.day / 365;
      const own = volatility(Math.log(contract.strike / (spot * Math.exp((rate - dividendYield) * years))), years);
      return of(contract, blackScholesPrice({ spot, strike: contract.strike, years, rate, dividendYield, volatility: own, isCall: contract.isCall }), own);
    });
  return {
    underlying, session, spot, isStale,
    expiry: Int32Array.from(contracts, ({ day }) => session + day),
    isCall: Uint8Array.from(contracts, ({ isCall }) => (isCall ? 1 : 0)),
    strike: column(({ strike }) => strike),
    bid: column((_, price) => (halfSpread === null ? Number.NaN : Math.max(0, price - halfSpread))),
    ask: column((_, price) => (halfSpread === null ? Number.NaN : price + halfSpread)),
    last: column((_, price) => price),
    volume: column(({ strike, isCall }) => volume(strike, isCall)),
    openInterest: column(({ strike, isCall }) => openInterest(strike, isCall)),
    impliedVolatility: column((_, __, own) => (hasVolatility ? own : Number.NaN)),
  };
}

/** The chain with some numbers of some rows changed. */
export function changed(chain: OptionChain, column: 'strike' | 'bid' | 'ask' | 'last' | 'volume' | 'openInterest' | 'impliedVolatility', change: (value: number, row: number) => number): OptionChain {
  return { ...chain, [column]: chain[column].map(change) };
}
