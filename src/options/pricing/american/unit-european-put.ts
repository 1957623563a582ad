import { normalCumulative } from '../../../math/normal.js';
import type { UnitPut } from './american-option.js';

/** Value of a European put on one unit of strike, with time and volatility left. */
export function unitEuropeanPut({ moneyness, years, rate, dividendYield, volatility }: UnitPut): number {
  const deviation = volatility * Math.sqrt(years);
  const lower = (Math.log(moneyness) + (rate - dividendYield) * years) / deviation - deviation / 2;
  return Math.exp(-rate * years) * normalCumulative(-lower) - moneyness * Math.exp(-dividendYield * years) * normalCumulative(-lower - deviation);
}
