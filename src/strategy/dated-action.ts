import type { EpochDay } from '../core/dates.js';

/** A split or cash dividend, as the store gives it. */
export interface DatedAction {
  readonly exDay: EpochDay;
  readonly kind: 'split' | 'dividend';
  /** Split: new shares per old; dividend: quote currency a share. */
  readonly value: number;
}

/** What one share of one session had become by another: the splits with an ex-date after the first, up to the second. */
export function splitRatio(actions: readonly DatedAction[], after: EpochDay, until: EpochDay): number {
  return actions.filter(({ kind, exDay }) => kind === 'split' && exDay > after && exDay <= until).reduce((ratio, { value }) => ratio * value, 1);
}
