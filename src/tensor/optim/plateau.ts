import { InvariantError } from '../../core/errors.js';

export interface PlateauSettings {
  /** The factor is multiplied by this. */
  readonly decay?: number;
  /** Losses in a row that may be no better. */
  readonly patience?: number;
  /** How much lower a loss has to be to count as better (fraction of the best). */
  readonly tolerance?: number;
  /** Losses after a decay that are not held against anybody. */
  readonly cooldown?: number;
  /** Least factor. */
  readonly floor?: number;
}

/** Where it stands: plain numbers, to be saved with a checkpoint. */
export interface PlateauState {
  /** Factor of the learning rate. */
  readonly factor: number;
  /** Lowest loss so far; null before the first (JSON has no infinity). */
  readonly best: number | null;
  /** Losses in a row that were no better. */
  readonly waited: number;
  /** What is left of the cooldown. */
  readonly cooling: number;
}

export const PLATEAU_START: PlateauState = { factor: 1, best: null, waited: 0, cooling: 0 };

/**
 * The state after another loss: when more than `patience` in a row were no better than the best the factor is decayed, as PyTorch's
 * ReduceLROnPlateau does it, but also right for losses below 0. A loss that is NaN is no better. Throws `InvariantError` for settings out of range.
 */
export function afterLoss(state: PlateauState, loss: number, { decay = 0.1, patience = 10, tolerance = 1e-4, cooldown = 0, floor = 0 }: PlateauSettings = {}): PlateauState {
  if (!(decay > 0 && decay < 1 && patience >= 0 && tolerance >= 0 && cooldown >= 0 && floor >= 0 && floor <= 1)) throw new InvariantError(`expected a decay between 0 and 1, a floor from 0 to 1 and no negative patience, tolerance or cooldown, found decay ${decay}, patience ${patience}, tolerance ${tolerance}, cooldown ${cooldown}, floor ${floor}`);
  const isBetter = state.best === null ? !Number.isNaN(loss) : loss < state.best - tolerance * Math.abs(state.best);
  const best = isBetter ? loss : state.best;
  const waited = isBetter || state.cooling > 0 ? 0 : state.waited + 1;
  const cooling = Math.max(0, state.cooling - 1);
  if (waited <= patience) return { factor: state.factor, best, waited, cooling };
  return { factor: Math.max(floor, state.factor * decay), best, waited: 0, cooling: cooldown };
}
