import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import type { OptionsView } from './view.js';

/** Dealers' gamma of the session under the usual convention (long calls, short puts). */
export interface GammaBalance {
  /** Price of the underlying, unadjusted. */
  readonly spot: number;
  /** Quote currency a move of one percent, calls and puts together with their signs. */
  readonly total: number;
  /** The total over the sum of both sides' sizes, in [−1, 1]. */
  readonly balance: number;
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
    return { spot, total: call + put, balance: (call + put) / size, flip, expectedMove: (sessions) => (volatility > 0 ? volatility * Math.sqrt(sessions / SESSIONS_PER_YEAR) : Number.NaN) };
  });
}
