import { normalCumulative, normalDensity } from '../../../math/normal.js';
import type { UnitPut } from './american-option.js';

/** Terms of the approximation that do not depend on the spot. */
interface Terms {
  readonly put: UnitPut;
  readonly deviation: number;
  readonly drift: number;
  readonly discount: number;
  readonly yieldDiscount: number;
  /** Exponent λ < 0 of the premium in the spot, and what of its correction is free of the spot. */
  readonly corrected: number;
  /** Factor of theta in the smooth-pasting condition. */
  readonly thetaWeight: number;
}

const MAX_STEPS = 40;

/** Share of the boundary that the last step may have: what is left after it is far less than the equation itself is off. */
const LAST_STEP = 1e-3;

/** Spot at the exercise boundary just before expiry, in units of strike. */
export function boundaryAtExpiry({ rate, dividendYield }: Pick<UnitPut, 'rate' | 'dividendYield'>): number {
  return dividendYield > 0 ? Math.min(1, rate / dividendYield) : 1;
}

/**
 * Spot below which to exercise a put now, in units of strike, to a few percent: the premium as a power of the spot whose exponent is corrected for time.
 *
 * @param start first guess, such as the boundary a little later
 * @see Li (2010), Analytical approximations for the critical stock prices of American options, QD+
 */
export function qdPlusBoundary(put: UnitPut, start: number): number {
  return criticalSpot(terms(put), start);
}

function terms(put: UnitPut): Terms {
  const { years, rate, dividendYield, volatility } = put;
  const variance = volatility * volatility;
  const earned = -Math.expm1(-rate * years);
  const slope = (2 * (rate - dividendYield)) / variance - 1;
  const pull = earned === 0 ? 2 / (variance * years) : (2 * rate) / (variance * earned);
  const root = Math.sqrt(slope * slope + 4 * pull);
  return {
    put,
    deviation: volatility * Math.sqrt(years),
    drift: (rate - dividendYield) * years,
    discount: 1 - earned,
    yieldDiscount: Math.exp(-dividendYield * years),
    corrected: -(slope + root) / 2 + ((1 - earned) / root) * (pull - (pull * pull) / (root * root)),
    thetaWeight: 2 / (variance * root),
  };
}

function upper({ deviation, drift }: Terms, spot: number): number {
  return (Math.log(spot) + drift) / deviation + deviation / 2;
}

/** Root of the smooth-pasting condition between 0 and the boundary at expiry: Newton's steps, halving where they leave the bracket. */
function criticalSpot(known: Terms, start: number): number {
  let low = 0;
  let high = boundaryAtExpiry(known.put);
  let spot = start > 0 && start < high ? start : high / 2;
  for (let step = 0; step < MAX_STEPS; step++) {
    const [value, slope] = smoothPasting(known, spot);
    if (value > 0) high = spot;
    else low = spot;
    let next = spot - value / slope;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - spot) <= LAST_STEP * spot) return next;
    spot = next;
  }
  return spot;
}

/** Condition that the premium has the slope of the exercise value, times the premium, and its own slope in the spot. */
function smoothPasting(known: Terms, spot: number): readonly [value: number, slope: number] {
  const { put, deviation, discount, yieldDiscount, corrected, thetaWeight } = known;
  const { rate, dividendYield, years, volatility } = put;
  const above = upper(known, spot);
  const plus = yieldDiscount * normalCumulative(-above);
  const minus = discount * normalCumulative(deviation - above);
  const density = yieldDiscount * normalDensity(above);
  const decay = volatility / (2 * Math.sqrt(years));
  const theta = rate * minus - dividendYield * spot * plus - decay * spot * density;
  const thetaSlope = ((dividendYield - rate) * density) / deviation - dividendYield * plus - decay * density * (1 - above / deviation);
  const value = (1 - plus) * spot + corrected * (1 - spot - minus + spot * plus) - thetaWeight * theta;
  const slope = (1 - plus) * (1 - corrected) + density / deviation - thetaWeight * thetaSlope;
  return [value, slope];
}
