import { blackPrice } from '../pricing/black.js';
import { countPriceArbitrage } from './arbitrage.js';
import { fitSvi, type SviFit } from './fit-svi.js';
import type { NoSmile, NoSmileReason, Smile } from './smile.js';
import type { SmileQuotes } from './smile-quotes.js';
import { splineCurve } from './spline-smile.js';
import { sviTotalVariance } from './svi.js';

export interface SmileOptions {
  /** Fewest quotes for a smile of any kind, 3 unless given. */
  readonly fewest?: number;
  /** Fewest quotes for an SVI slice, which has five parameters, 8 unless given. */
  readonly fewestForSvi?: number;
}

/** The usable quotes of an expiry in the units of the fit, [quote]. */
interface UsableQuotes {
  readonly k: Float64Array;
  readonly w: Float64Array;
  readonly weight: Float64Array;
}

/** Strikes at which the prices of a spline are looked at for arbitrage. */
const GRID = 33;

/**
 * The smile of one expiry: an SVI slice where there are quotes enough, or else a shape-preserving spline; which one stands in `kind`.
 *
 * No volatility is made up: fewer quotes than asked, or none on one side of the forward, give the reason in place of a smile.
 */
export function fitSmile(quotes: SmileQuotes, { fewest = 3, fewestForSvi = 8 }: SmileOptions = {}): Smile | NoSmile {
  const { years, forward, discount } = quotes;
  const none = (reason: NoSmileReason, points: number): NoSmile => ({ kind: 'none', years, points, reason });
  if (!(years > 0 && years < Infinity)) return { kind: 'none', years: Number.NaN, points: 0, reason: 'no-time' };
  if (!(forward > 0 && forward < Infinity && discount > 0 && discount < Infinity)) return none('no-forward', 0);
  const usable = usableQuotes(quotes);
  const points = usable.k.length;
  if (points < Math.max(2, fewest)) return none('too-few-quotes', points);
  if (!(usable.k[0] <= 0 && usable.k[points - 1] >= 0)) return none('forward-outside', points);
  const svi = points >= fewestForSvi ? fitSvi(usable.k, usable.w, usable.weight) : null;
  return svi === null || !svi.isButterflyFree ? splineSmile(quotes, usable) : sviSmile(quotes, usable, svi);
}

/** Quotes with a volatility and a weight, strikes ascending and distinct: a strike that does not ascend is left out. */
function usableQuotes({ years, forward, strike, volatility, weight }: SmileQuotes): UsableQuotes {
  const k = new Float64Array(strike.length);
  const w = new Float64Array(strike.length);
  const q = new Float64Array(strike.length);
  let count = 0;
  for (let i = 0; i < strike.length; i++) {
    const at = Math.log(strike[i] / forward);
    const variance = volatility[i] * volatility[i] * years;
    const isUsable = volatility[i] > 0 && variance > 0 && variance < Infinity && weight[i] > 0 && weight[i] < Infinity && Number.isFinite(at);
    if (!isUsable || (count > 0 && !(at > k[count - 1]))) continue;
    k[count] = at;
    w[count] = variance;
    q[count++] = weight[i];
  }
  return { k: k.subarray(0, count), w: w.subarray(0, count), weight: q.subarray(0, count) };
}

function sviSmile({ years, forward, discount }: SmileQuotes, { k, w, weight }: UsableQuotes, { slice, isButterflyFree, isRepaired }: SviFit): Smile {
  const totalVariance = (x: number): number => sviTotalVariance(slice, x);
  let [squares, total] = [0, 0];
  for (let i = 0; i < k.length; i++) {
    const error = Math.sqrt(totalVariance(k[i]) / years) - Math.sqrt(w[i] / years);
    squares += weight[i] * error * error;
    total += weight[i];
  }
  return {
    kind: 'svi', years, forward, discount, points: k.length, rmsError: Math.sqrt(squares / total), isButterflyFree, isRepaired,
    lowest: k[0], highest: k[k.length - 1], slice, totalVariance, volatility: (x) => Math.sqrt(totalVariance(x) / years),
  };
}

function splineSmile({ years, forward, discount }: SmileQuotes, { k, w }: UsableQuotes): Smile {
  const totalVariance = splineCurve(k, w);
  const [lowest, highest] = [k[0], k[k.length - 1]];
  return {
    kind: 'spline', years, forward, discount, points: k.length, rmsError: 0, isButterflyFree: hasNoButterfly(totalVariance, lowest, highest), isRepaired: false,
    lowest, highest, slice: null, totalVariance, volatility: (x) => Math.sqrt(totalVariance(x) / years),
  };
}

/** Whether call prices on a grid of strikes are monotone and convex, in units of the forward. */
function hasNoButterfly(totalVariance: (k: number) => number, lowest: number, highest: number): boolean {
  const strike = new Float64Array(GRID);
  const price = new Float64Array(GRID);
  for (let i = 0; i < GRID; i++) {
    const k = lowest + ((highest - lowest) * i) / (GRID - 1);
    strike[i] = Math.exp(k);
    price[i] = blackPrice({ forward: 1, strike: strike[i], years: 1, volatility: Math.sqrt(totalVariance(k)), isCall: true });
  }
  const found = countPriceArbitrage({ strike, price, isCall: true }, { forward: 1, discount: 1, tolerance: 1e-9 });
  return found.bounds + found.monotone + found.convex === 0;
}
