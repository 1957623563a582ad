import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { conventionOf } from '../exposure/dealers.js';
import { DEALER_WORDS } from './dealer-words.js';
import type { OptionsView } from './view.js';

/** Dealers' gamma of the session under what they are taken to hold. */
export interface GammaBalance {
  /** Price of the underlying, unadjusted. */
  readonly spot: number;
  /** Quote currency a move of one percent, calls and puts together with their signs. */
  readonly total: number;
  /** The total over the sum of both sides' sizes, in [−1, 1]. */
  readonly balance: number;
  /** Dealers are taken to be on one side of calls and puts alike: the balance is 1 or −1 whatever is open, and says nothing. */
  readonly isAssumed: boolean;
  /** The balance as far as it is evidence, in [−1, 1]: 0 where it is assumed. */
  readonly certainty: number;
  /** That gamma is positive and under what assumption; `{balance}` stands for the fact. */
  readonly positiveWords: string;
  /** Price at which the total changes its sign, NaN where none is near. */
  readonly flip: number;
  /** What the price moves in `sessions` sessions by 30-day implied volatility, one standard deviation, fraction; NaN unknown. */
  expectedMove(sessions: number): number;
}

/** `null` where the chain of the last session does not tell, or mixes contracts of another basis. */
export function gammaBalance(view: OptionsView): GammaBalance | null {
  return view.derive('gamma balance', () => {
    const last = view.length - 1;
    const [spot, call, put, flip] = (['spot', 'callGamma', 'putGamma', 'gammaFlip'] as const).map((name) => view.comparable(name)[last]);
    const volatility = view.column('volatility30')[last];
    const size = Math.abs(call) + Math.abs(put);
    if (!(spot > 0 && spot < Infinity && size > 0 && size < Infinity)) return null;
    const balance = (call + put) / size;
    const { callSign, putSign } = conventionOf({ dealers: view.dealers, rate: 0 });
    const isAssumed = callSign === putSign;
    const positiveWords = `dealers' gamma, taken as ${DEALER_WORDS[view.dealers]}, is positive ${isAssumed ? 'by that alone' : 'with balance {balance}'}`;
    return {
      spot, total: call + put, balance, isAssumed, certainty: isAssumed ? 0 : balance, positiveWords, flip,
      expectedMove: (sessions) => (volatility > 0 ? volatility * Math.sqrt(sessions / SESSIONS_PER_YEAR) : Number.NaN),
    };
  });
}
