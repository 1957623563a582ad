import { normalCumulative } from '../../math/normal.js';
import type { CleanRows, ExpirySlice } from './clean-rows.js';

/** What is read off listed strikes, without a model of the smile. */
export interface ListedRows extends Pick<CleanRows, 'strike' | 'isCall' | 'years'> {
  /** Annual fractions, NaN where unusable. */
  readonly volatility: Float64Array;
}

/**
 * At-the-money volatility of one expiry: the mean of call and put at each strike, linear in strike between the two strikes about the spot.
 * @returns NaN where no strike with a volatility lies on one of the sides
 */
export function atTheMoneyVolatility({ strike, volatility }: ListedRows, { start, end }: ExpirySlice, spot: number): number {
  let [below, above] = [Number.NaN, Number.NaN];
  let [belowVolatility, aboveVolatility] = [Number.NaN, Number.NaN];
  for (let i = start; i < end; ) {
    let [sum, count] = [0, 0];
    const at = strike[i];
    for (; i < end && strike[i] === at; i++) {
      if (Number.isNaN(volatility[i])) continue;
      sum += volatility[i];
      count++;
    }
    if (count === 0) continue;
    if (at <= spot) [below, belowVolatility] = [at, sum / count];
    if (at >= spot) {
      [above, aboveVolatility] = [at, sum / count];
      break;
    }
  }
  if (below === above) return belowVolatility;
  return belowVolatility + ((aboveVolatility - belowVolatility) * (spot - below)) / (above - below);
}

/** Volatility at a distance in years, linear in total variance between the nearest expirations about it; NaN outside of them. */
export function volatilityAt(years: ArrayLike<number>, volatility: ArrayLike<number>, wanted: number): number {
  let [before, after] = [-1, -1];
  for (let k = 0; k < years.length; k++) {
    if (Number.isNaN(volatility[k])) continue;
    if (years[k] <= wanted && (before < 0 || years[k] > years[before])) before = k;
    if (years[k] >= wanted && (after < 0 || years[k] < years[after])) after = k;
  }
  if (before < 0 || after < 0) return Number.NaN;
  if (years[before] === years[after]) return volatility[before];
  const variance = (k: number): number => volatility[k] ** 2 * years[k];
  const share = (wanted - years[before]) / (years[after] - years[before]);
  return Math.sqrt((variance(before) + share * (variance(after) - variance(before))) / wanted);
}

/** Rates under which deltas are taken, continuous annual fractions. */
export interface Carry {
  readonly rate: number;
  readonly dividendYield: number;
}

/**
 * Volatility of the calls (puts) of one expiry at an absolute delta, linear in delta between the first two neighbours about it when walking
 * outward from the spot.
 * @returns NaN where the listed strikes do not reach it
 */
export function volatilityAtDelta(rows: ListedRows, { start, end }: ExpirySlice, { spot, delta, side, carry }: { readonly spot: number; readonly delta: number; readonly side: 'call' | 'put'; readonly carry: Carry }): number {
  const { strike, isCall, volatility, years } = rows;
  const sign = side === 'call' ? 1 : -1;
  const inWing = (i: number): boolean => isCall[i] === (side === 'call' ? 1 : 0) && sign * (strike[i] - spot) >= 0 && !Number.isNaN(volatility[i]);
  let [delta0, volatility0] = [Number.NaN, Number.NaN];
  for (let step = 0; step < end - start; step++) {
    const i = side === 'call' ? start + step : end - 1 - step;
    if (!inWing(i)) continue;
    const own = absoluteDelta({ spot, strike: strike[i], years: years[i], volatility: volatility[i], sign, carry });
    if (delta0 >= delta && own <= delta) return delta0 === own ? volatility0 : volatility0 + ((volatility[i] - volatility0) * (delta0 - delta)) / (delta0 - own);
    [delta0, volatility0] = [own, volatility[i]];
  }
  return Number.NaN;
}

function absoluteDelta({ spot, strike, years, volatility, sign, carry }: { spot: number; strike: number; years: number; volatility: number; sign: number; carry: Carry }): number {
  const deviation = volatility * Math.sqrt(years);
  const d1 = (Math.log(spot / strike) + (carry.rate - carry.dividendYield) * years) / deviation + deviation / 2;
  return Math.exp(-carry.dividendYield * years) * normalCumulative(sign * d1);
}
