import { CONTRACT_SHARES } from '../chain/option-chain.js';
import type { ByStrike } from './by-strike.js';

export interface MaxPain {
  readonly strike: number;
  /** What holders would be paid if the underlying expired there, quote currency. */
  readonly payout: number;
}

/** The listed strike at which holders of open contracts would be paid least, the lowest of equal ones; `null` without open contracts. */
export function maxPain({ strike, call, put }: ByStrike): MaxPain | null {
  let [putsAbove, putValueAbove, callsBelow, callValueBelow] = [0, 0, 0, 0];
  for (let k = 0; k < strike.length; k++) {
    putsAbove += put[k];
    putValueAbove += put[k] * strike[k];
  }
  let best: MaxPain | null = null;
  const open = putsAbove > 0 || call.some((value) => value > 0);
  for (let k = 0; open && k < strike.length; k++) {
    putsAbove -= put[k];
    putValueAbove -= put[k] * strike[k];
    const payout = CONTRACT_SHARES * (strike[k] * callsBelow - callValueBelow + (putValueAbove - strike[k] * putsAbove));
    callsBelow += call[k];
    callValueBelow += call[k] * strike[k];
    if (best === null || payout < best.payout) best = { strike: strike[k], payout };
  }
  return best;
}
