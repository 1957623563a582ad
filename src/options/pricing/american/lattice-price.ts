import { InvariantError } from '../../../core/errors.js';
import { presentValueOfDividends, type CashDividend } from '../cash-dividend.js';
import type { AmericanOption } from './american-option.js';

export interface LatticeOption extends AmericanOption {
  /** Cash dividends; those up to expiry count. */
  readonly dividends?: readonly CashDividend[];
  readonly exercise: 'american' | 'european';
  /** Odd; the error falls as its square for European exercise, as its first power for American. */
  readonly steps?: number;
}

/**
 * Price of an option on a lattice of Leisen and Reimer, with dividends in cash.
 *
 * Dividends are escrowed: what moves at random is the spot net of the worth of dividends to come, which at exercise is added again. This
 * agrees with the European price from `spotLessDividends`, which a spot that drops by the amount itself does not; the volatility is the
 * net spot's, a little above that of the spot. An ex-date falls on the nearest step, where a call can be exercised just before it
 * and a put just after.
 *
 * @returns NaN where a number is missing or impossible, or the dividends are worth the spot
 * @throws InvariantError when `steps` is even or below 3; when a dividend is below 0 or has no time
 * @see Leisen and Reimer (1996), Binomial models for option valuation, inversion 2 of Peizer and Pratt
 */
export function latticePrice(option: LatticeOption): number {
  const { spot, strike, years, rate, dividendYield, volatility, isCall, dividends = [], exercise, steps = 201 } = option;
  if (!Number.isInteger(steps) || steps < 3 || steps % 2 === 0) throw new InvariantError(`expected an odd number of steps, 3 or more, found ${steps}`);
  const net = spot - presentValueOfDividends(dividends, rate, years);
  if (!(net > 0 && strike > 0 && volatility >= 0 && Math.abs(rate) < Infinity && Math.abs(dividendYield) < Infinity && net + strike + volatility + years < Infinity)) return Number.NaN;
  if (!(years > 0)) return Math.max(0, isCall ? spot - strike : strike - spot);
  const moves = leisenReimer({ net, strike, years, rate, dividendYield, volatility, steps });
  const escrow = escrowed(dividends, { rate, years, steps });
  const values = new Float64Array(steps + 1);
  const sign = isCall ? 1 : -1;
  for (let step = steps; step >= 0; step--) {
    if (step < steps) for (let up = 0; up <= step; up++) values[up] = moves.upShare * values[up + 1] + moves.downShare * values[up];
    if (step < steps && exercise === 'european') continue;
    const offset = exercise === 'european' ? 0 : isCall ? escrow.before[step] : escrow.after[step];
    let level = sign * net * moves.down ** step;
    for (let up = 0; up <= step; up++, level *= moves.ratio) values[up] = Math.max(step === steps ? 0 : values[up], level + sign * (offset - strike));
  }
  return values[0];
}

interface Moves {
  readonly down: number;
  /** Upward by downward factor. */
  readonly ratio: number;
  /** Discounted probabilities. */
  readonly upShare: number;
  readonly downShare: number;
}

interface Spread {
  readonly net: number;
  readonly strike: number;
  readonly years: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly volatility: number;
  readonly steps: number;
}

/** Factors of a step such that the lattice is centred on the strike. */
function leisenReimer({ net, strike, years, rate, dividendYield, volatility, steps }: Spread): Moves {
  const deviation = volatility * Math.sqrt(years);
  const lower = (Math.log(net / strike) + (rate - dividendYield) * years) / deviation - deviation / 2;
  const money = peizerPratt(lower, steps); // probability of a step up with the bond, then with the stock, as the unit
  const share = peizerPratt(lower + deviation, steps);
  const growth = Math.exp(((rate - dividendYield) * years) / steps);
  const discount = Math.exp((-rate * years) / steps);
  const up = growth * (share.up / money.up);
  const down = growth * (share.down / money.down);
  // a spread too narrow for doubles leaves one way only
  if (!(up > down && down > 0)) return { down: growth, ratio: 1, upShare: discount / 2, downShare: discount / 2 };
  return { down, ratio: up / down, upShare: discount * money.up, downShare: discount * money.down };
}

/** Probability of a step such that the binomial distribution of n odd steps lies above its middle with probability Φ(z); both tails to their own precision. */
function peizerPratt(z: number, steps: number): { readonly up: number; readonly down: number } {
  const tail = Math.exp(-((z / (steps + 1 / 3 + 0.1 / (steps + 1))) ** 2) * (steps + 1 / 6));
  const small = tail / (2 * (1 + Math.sqrt(1 - tail)));
  return z > 0 ? { up: 1 - small, down: small } : { up: small, down: 1 - small };
}

/** Worth at each step of the dividends still to come, just before and just after those of that step. */
function escrowed(dividends: readonly CashDividend[], { rate, years, steps }: { readonly rate: number; readonly years: number; readonly steps: number }): { readonly before: Float64Array; readonly after: Float64Array } {
  const before = new Float64Array(steps + 1);
  const after = new Float64Array(steps + 1);
  for (const dividend of dividends) {
    if (!(dividend.years > 0 && dividend.years <= years)) continue;
    const exStep = Math.round((dividend.years / years) * steps);
    for (let step = 0; step <= exStep; step++) {
      const worth = dividend.amount * Math.exp(-rate * (dividend.years - (step * years) / steps));
      before[step] += worth;
      if (step < exStep) after[step] += worth;
    }
  }
  return { before, after };
}
