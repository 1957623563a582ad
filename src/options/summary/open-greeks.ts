import { CONTRACT_SHARES, DAYS_PER_YEAR } from '../chain/option-chain.js';
import type { ExposureConvention } from '../exposure/convention.js';
import { greeks } from '../pricing/greeks.js';
import type { ValuedChain } from '../valuation/valued-chain.js';
import type { ChainSummary } from './columns.js';

export type OpenGreeks = Pick<ChainSummary, 'meanDelta' | 'meanVega' | 'meanTheta' | 'meanVanna' | 'meanCharm' | 'vannaExposure' | 'charmExposure'>;

const NAMES = ['delta', 'vega', 'theta', 'vanna', 'charm'] as const;
/** A point of volatility. */
const POINT = 0.01;

/** Greeks of what is open and alive, weighted by open interest; NaN where nothing can be valued. */
export function openGreeks({ rows, volatility, dividendYield, rate }: ValuedChain, { callSign, putSign }: ExposureConvention): OpenGreeks {
  const { spot, strike, years, isCall, openInterest, count } = rows;
  const values = greeks({ spot, strike, years, rate, dividendYield, volatility, isCall }, NAMES);
  let [open, delta, vega, theta, vanna, charm, vannaSigned, charmSigned] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const own = openInterest[i];
    if (!(own > 0 && years[i] > 0) || !Number.isFinite(values.theta[i] + values.vanna[i] + values.charm[i])) continue;
    open += own;
    delta += own * values.delta[i];
    vega += own * values.vega[i];
    theta += own * values.theta[i];
    vanna += own * values.vanna[i];
    charm += own * values.charm[i];
    const sign = isCall[i] === 1 ? callSign : putSign;
    vannaSigned += sign * own * values.vanna[i];
    charmSigned += sign * own * values.charm[i];
  }
  const money = CONTRACT_SHARES * spot;
  const none = open === 0;
  return {
    meanDelta: delta / open, meanVega: vega / (spot * open), meanTheta: theta / (spot * open), meanVanna: vanna / open, meanCharm: charm / open,
    vannaExposure: none ? Number.NaN : vannaSigned * money * POINT,
    charmExposure: none ? Number.NaN : (charmSigned * money) / DAYS_PER_YEAR,
  };
}
