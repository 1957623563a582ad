import { InvariantError } from '../../core/errors.js';

/** Riskless zero rates by time, continuously compounded fractions a year. */
export interface RateCurve {
  rate(years: number): number;
}

/** The same rate for all times. */
export function flatRate(rate: number): RateCurve {
  if (!Number.isFinite(rate)) throw new InvariantError(`expected a finite rate, found ${rate}`);
  return { rate: () => rate };
}

/**
 * Zero rates linear in time between given points, flat before the first and after the last.
 *
 * @param years ascending, [point]
 * @param rates continuously compounded fractions a year, [point]
 * @throws InvariantError without points, or with times that do not ascend, or with rates that are not finite
 */
export function zeroCurve(years: ArrayLike<number>, rates: ArrayLike<number>): RateCurve {
  if (years.length === 0 || years.length !== rates.length) throw new InvariantError(`expected as many rates as times, at least one, found ${rates.length} and ${years.length}`);
  for (let i = 0; i < years.length; i++) {
    if (!Number.isFinite(rates[i])) throw new InvariantError(`expected finite rates, found ${rates[i]} at ${years[i]} years`);
    if (!(years[i] > (i === 0 ? -Infinity : years[i - 1]))) throw new InvariantError(`expected ascending times, found ${years[i]} years at position ${i}`);
  }
  return { rate: (time) => interpolate(years, rates, time) };
}

function interpolate(years: ArrayLike<number>, rates: ArrayLike<number>, time: number): number {
  const last = years.length - 1;
  if (!(time > years[0])) return rates[0];
  if (time >= years[last]) return rates[last];
  let i = 1;
  while (years[i] < time) i++;
  const share = (time - years[i - 1]) / (years[i] - years[i - 1]);
  return rates[i - 1] + share * (rates[i] - rates[i - 1]);
}
