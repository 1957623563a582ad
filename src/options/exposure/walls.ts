import { peakStrike, type ByStrike } from './by-strike.js';

/** Strikes where exposure or open interest is largest; NaN where there is none. */
export interface Walls {
  /** Largest gamma exposure of calls. */
  readonly callWall: number;
  /** Most negative gamma exposure of puts. */
  readonly putWall: number;
  /** Largest exposure of both together, of either sign. */
  readonly netGammaPeak: number;
}

/** Walls of gamma exposure by strike, the lowest strike of equal ones. */
export function gammaWalls({ strike, call, put }: ByStrike): Walls {
  const net = new Float64Array(strike.length);
  for (let k = 0; k < net.length; k++) net[k] = call[k] + put[k];
  return { callWall: peakStrike(strike, call), putWall: peakStrike(strike, put), netGammaPeak: peakStrike(strike, net) };
}

/** Strikes with the most open calls and the most open puts, the lowest of equal ones. */
export function openInterestWalls({ strike, call, put }: ByStrike): { readonly callWall: number; readonly putWall: number } {
  return { callWall: peakStrike(strike, call), putWall: peakStrike(strike, put) };
}
