import { peakStrike, type ByStrike } from './by-strike.js';

export interface PinRisk {
  /** Strike with the most open contracts within one expected move of the spot. */
  readonly strike: number;
  /** Its share of all open contracts of the expiry, in [0, 1]. */
  readonly share: number;
  /** Its distance from the spot in expected moves. */
  readonly distance: number;
}

/**
 * Where an expiry that is near may hold the price: hedging of many contracts at one strike pulls towards it on the last days.
 *
 * @param openInterest of one expiry by strike
 * @returns `null` without a volatility, or without open contracts within one expected move
 * @see Ni, Pearson and Poteshman (2005), clustering at strikes on expiration dates
 */
export function pinRisk({ strike, call, put }: ByStrike, { spot, volatility, years }: { readonly spot: number; readonly volatility: number; readonly years: number }): PinRisk | null {
  const move = spot * volatility * Math.sqrt(years);
  if (!(move > 0)) return null;
  const open = strike.map((_, k) => call[k] + put[k]);
  const near = open.map((value, k) => (Math.abs(strike[k] - spot) <= move ? value : 0));
  const at = peakStrike(strike, near);
  if (Number.isNaN(at)) return null;
  const all = open.reduce((sum, value) => sum + value, 0);
  return { strike: at, share: open[strike.indexOf(at)] / all, distance: (at - spot) / move };
}
