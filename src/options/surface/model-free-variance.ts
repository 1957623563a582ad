import { DAYS_PER_YEAR } from '../chain/option-chain.js';
import type { ExpiryRows } from './expiry-rows.js';
import { quoteVariance } from './quote-variance.js';
import { smileVariance } from './smile-variance.js';
import type { VolatilitySurface } from './surface.js';

/** One expiry as the method of the volatility index reads it. */
export interface VarianceExpiry {
  readonly years: number;
  readonly discount: number;
  readonly rows: ExpiryRows;
}

/** Where the prices of the strip come from: `quotes` (or last trades of the session) of the two expiries around, or the fitted `smile`. */
export type VariancePrices = { readonly prices: 'quotes'; readonly expiries: readonly VarianceExpiry[] } | { readonly prices: 'smile'; readonly surface: VolatilitySurface };

/** Days of an expiry below which its quotes do not count: the index itself uses more than 23. */
const FEWEST_DAYS = 2;

/**
 * Model-free implied variance to a constant maturity, annualised; its root is a volatility as the VIX is one, as a fraction.
 *
 * By quotes: that of the expiries at or next before and after, total variance linear in time; an expiry of which none can be had is passed
 * over for the next. By smile: that of the surface at the maturity, with its wings beyond the quotes.
 *
 * @returns NaN where no expiry lies on one of the sides
 * @see Cboe Volatility Index methodology (2019), step 3
 */
export function modelFreeVariance(source: VariancePrices, days: number): number {
  const years = days / DAYS_PER_YEAR;
  if (source.prices === 'quotes') return interpolatedVariance(source.expiries, years);
  const slice = source.surface.sliceAt(years);
  return slice === null ? Number.NaN : smileVariance(slice).variance;
}

function interpolatedVariance(expiries: readonly VarianceExpiry[], years: number): number {
  const sorted = expiries.filter((expiry) => expiry.years * DAYS_PER_YEAR >= FEWEST_DAYS - 1e-9).sort((a, b) => a.years - b.years);
  const near = firstWithVariance(sorted.filter((expiry) => expiry.years <= years + 1e-12).reverse());
  if (near === null) return Number.NaN;
  if (Math.abs(near.years - years) <= 1e-12) return near.variance;
  const next = firstWithVariance(sorted.filter((expiry) => expiry.years > years + 1e-12));
  return next === null ? Number.NaN : linearInTotal(near, next, years);
}

interface TimedVariance {
  readonly years: number;
  readonly variance: number;
}

/** The first of the expiries whose variance is above 0. */
function firstWithVariance(expiries: readonly VarianceExpiry[]): TimedVariance | null {
  for (const { rows, years, discount } of expiries) {
    const { variance } = quoteVariance(rows, { years, discount });
    if (variance > 0) return { years, variance };
  }
  return null;
}

function linearInTotal(near: TimedVariance, next: TimedVariance, years: number): number {
  const share = (years - near.years) / (next.years - near.years);
  return ((1 - share) * near.variance * near.years + share * next.variance * next.years) / years;
}
