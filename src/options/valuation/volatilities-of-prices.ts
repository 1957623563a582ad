import { impliedVolatilities } from '../implied-volatility/implied-volatilities.js';
import { americanImpliedVolatility } from '../pricing/american/american-implied-volatility.js';
import { earlyExerciseMatters } from '../pricing/american/early-exercise-bound.js';
import type { ExpiryRows } from '../surface/expiry-rows.js';

export interface PricesOf {
  readonly years: number;
  readonly spot: number;
  readonly forward: number;
  readonly discount: number;
}

/** Depth in the money, ln of strike and forward, to which a price still tells a volatility: deeper, spread and rounding rule it. */
const DEEPEST = 0.05;
/** Value of early exercise, as a share of the spot, below which an option is taken as European. */
const NEGLIGIBLE = 2e-5;

/**
 * Fills in the volatilities that the prices of one expiry imply; NaN for contracts without a usable price, deeper in the money than `deepest`,
 * or at prices that no volatility gives.
 *
 * By Black's model of the forward, or, where early exercise can be worth something, as American options with a continuous yield: puts, and calls on what
 * pays dividends. Cash dividends are smeared over the time to expiry, as the yield at which spot and forward agree.
 * @see Jäckel (2015); Andersen, Lake and Offengenden (2016)
 */
export function volatilitiesOfPrices({ strike, isCall, price, volatility }: ExpiryRows, { years, spot, forward, discount }: PricesOf, deepest = DEEPEST): void {
  impliedVolatilities({ price: price.map((value) => value / discount), forward, strike, years, isCall }, volatility);
  const rate = -Math.log(discount) / years;
  const dividendYield = rate - Math.log(forward / spot) / years;
  for (let i = 0; i < strike.length; i++) {
    const depth = isCall[i] === 1 ? Math.log(forward / strike[i]) : Math.log(strike[i] / forward);
    if (!(depth <= deepest)) volatility[i] = Number.NaN;
    if (!(volatility[i] > 0) || !Number.isFinite(dividendYield)) continue;
    const option = { spot, strike: strike[i], years, rate, dividendYield, isCall: isCall[i] === 1 };
    if (earlyExerciseMatters({ ...option, volatility: volatility[i] }, NEGLIGIBLE)) volatility[i] = americanImpliedVolatility({ ...option, price: price[i] }, 'fast') ?? Number.NaN;
  }
}
