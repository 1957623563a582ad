import { badSplit } from './setting.js';

export interface HoldOut {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * The last `share` (fraction) of a training window as validation; what remains has no label that overlaps one of it.
 *
 * @param positions of the window's sessions, ascending
 * @param span sessions that a label covers from its own on, `Labels.span`
 * @throws ConfigError `BAD_SPLIT` when nothing would be left to learn from or to validate on
 */
export function holdOut(positions: Int32Array, share: number, span: number): HoldOut {
  const name = 'hold-out';
  if (!(share > 0 && share < 1)) throw badSplit(name, 'a share of the sessions between 0 and 1', String(share));
  const size = Math.round(share * positions.length);
  const validation = positions.slice(positions.length - size);
  const train = positions.filter((i) => validation.length > 0 && i + span <= validation[0]);
  if (validation.length === 0 || train.length === 0) {
    const most = positions.filter((i) => i >= positions[0] + span).length;
    if (most === 0) throw badSplit(name, `a window longer than a label's span of ${span}`, `${positions.length} sessions`);
    throw badSplit(name, `a share that holds out from 1 to ${most} of ${positions.length} sessions`, `${share} (${size} sessions)`);
  }
  return { train, validation };
}
