import { checkBeside, checkReturns } from './checked-returns.js';

export interface ExcessOptions {
  /** Return without risk of each session, or one a session [session]; fraction, 0 unless given. */
  readonly riskFree?: number | ArrayLike<number>;
}

/** Returns less what was to be had without risk, [session], fraction per session. */
export function excessReturns(returns: ArrayLike<number>, { riskFree = 0 }: ExcessOptions, where: string): Float64Array {
  const values = checkReturns(returns, where);
  const free = typeof riskFree === 'number' ? checkReturns(new Float64Array(values.length).fill(riskFree), `riskFree of ${where}`) : checkBeside(riskFree, values.length, `riskFree of ${where}`);
  return values.map((value, t) => value - free[t]);
}
