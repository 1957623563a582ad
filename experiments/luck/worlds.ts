import type { Rng } from '../../dist/index.js';

/** Sessions of five years. */
export const FIVE_YEARS = 1250;

/** Daily returns of trials that share a market by the correlation `common`, [trial][session]; the first has the annual Sharpe ratio `skill`, the others none. */
export function trialsOf(count: number, { rng, sessions = FIVE_YEARS, common = 0, skill = 0 }: { readonly rng: Rng; readonly sessions?: number; readonly common?: number; readonly skill?: number }): Float64Array[] {
  const [shared, own] = [Math.sqrt(common), Math.sqrt(1 - common)];
  const market = Float64Array.from({ length: sessions }, () => rng.normal());
  return Array.from({ length: count }, (_, trial) => market.map((value) => 0.01 * ((trial === 0 ? skill / Math.sqrt(252) : 0) + shared * value + own * rng.normal())));
}

/** Ways in which daily returns are not independent normal numbers; each has mean 0 and variance 1, or nearly. */
export const SHAPES: Readonly<Record<string, (sessions: number, rng: Rng) => Float64Array>> = {
  'independent, normal': (sessions, rng) => Float64Array.from({ length: sessions }, () => rng.normal()),
  'independent, Student with 5 degrees': (sessions, rng) => Float64Array.from({ length: sessions }, () => rng.normal() * Math.sqrt(3 / chiSquare(5, rng))),
  'independent, losses rare and large': (sessions, rng) => Float64Array.from({ length: sessions }, () => 1 + Math.log(1 - rng.float())),
  'quiet and wild times (GARCH 0.1, 0.85)': garch,
  'memory 0.1': (sessions, rng) => autoregression(sessions, 0.1, rng),
  'memory 0.3': (sessions, rng) => autoregression(sessions, 0.3, rng),
  'memory -0.2': (sessions, rng) => autoregression(sessions, -0.2, rng),
};

function chiSquare(degrees: number, rng: Rng): number {
  let sum = 0;
  for (let i = 0; i < degrees; i++) sum += rng.normal() ** 2;
  return sum;
}

export function autoregression(sessions: number, memory: number, rng: Rng): Float64Array {
  const fresh = Math.sqrt(1 - memory * memory);
  let value = rng.normal();
  return Float64Array.from({ length: sessions }, () => (value = memory * value + fresh * rng.normal()));
}

function garch(sessions: number, rng: Rng): Float64Array {
  let [variance, value] = [1, 0];
  const next = (): number => {
    variance = 0.05 + 0.1 * value * value + 0.85 * variance;
    return (value = Math.sqrt(variance) * rng.normal());
  };
  for (let t = 0; t < 200; t++) next();
  return Float64Array.from({ length: sessions }, next);
}
