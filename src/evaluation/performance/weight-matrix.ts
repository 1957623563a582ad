import { InvariantError } from '../../core/errors.js';

/** What a book held, as a share of its equity: above 0 long, below 0 short, the rest is cash. */
export interface WeightMatrix {
  /** [symbol, session], row-major as in a panel's column; fraction, 0 where nothing is held. */
  readonly weights: ArrayLike<number>;
  readonly symbols: number;
}

/**
 * The number of sessions of a matrix, checked.
 *
 * @throws InvariantError `BAD_WEIGHTS` where numbers do not fill whole rows, or one is not finite
 */
export function countSessions({ weights, symbols }: WeightMatrix, where: string): number {
  const sessions = weights.length / symbols;
  if (!(Number.isInteger(symbols) && symbols > 0 && Number.isInteger(sessions))) throw new InvariantError(`expected rows of equal length for ${symbols} symbols, found ${weights.length} numbers in ${where}`, { code: 'BAD_WEIGHTS', fields: { symbols, found: weights.length, where } });
  for (let i = 0; i < weights.length; i++) {
    if (!Number.isFinite(weights[i])) throw new InvariantError(`expected finite numbers, found ${weights[i]} for symbol ${Math.floor(i / sessions)} at session ${i % sessions} in ${where}`, { code: 'BAD_WEIGHTS', fields: { position: i, found: weights[i], where } });
  }
  return sessions;
}
