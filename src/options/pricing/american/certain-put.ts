import type { UnitPut } from './american-option.js';

/** Value of an American put on one unit of strike whose underlying moves by its drift alone: the best of all days to exercise. */
export function certainPut({ moneyness, years, rate, dividendYield }: UnitPut): number {
  const left = Math.max(0, years);
  const gain = (time: number): number => Math.exp(-rate * time) - moneyness * Math.exp(-dividendYield * time);
  // the gain discounted from a day t has its one extreme where r e^(−rt) = q s e^(−qt)
  const turn = Math.log((dividendYield * moneyness) / rate) / (dividendYield - rate);
  return Math.max(0, gain(0), gain(left), turn > 0 && turn < left ? gain(turn) : 0);
}
