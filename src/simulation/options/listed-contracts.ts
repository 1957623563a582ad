import type { EpochDay } from '../../core/dates.js';
import { covers, strikesOf, type StrikeWindow } from './listed-strikes.js';

/** The contracts of one expiry of one stock as they stand: once listed, a strike stays until the expiry. */
export class ListedContracts {
  readonly expiry: EpochDay;
  /** Ascending, [strike]. */
  strikes: readonly number[] = [];
  /** Contracts open, [contract]: call and put of each strike in turn. */
  openInterest = new Float64Array(0);
  /** Price of the last trade, NaN before there was one, [contract]. */
  last = new Float64Array(0);
  #window: StrikeWindow | null = null;

  constructor(expiry: EpochDay) {
    this.expiry = expiry;
  }

  /** Lists the strikes of a window that are not there yet. */
  list(window: StrikeWindow): void {
    if (this.#window !== null && covers(this.#window, window)) return;
    const before = new Map(this.strikes.map((strike, at) => [strike, at]));
    this.strikes = [...new Set([...this.strikes, ...strikesOf(window)])].sort((a, b) => a - b);
    const moved = (values: Float64Array, otherwise: number): Float64Array<ArrayBuffer> =>
      Float64Array.from({ length: 2 * this.strikes.length }, (_, contract) => {
        const at = before.get(this.strikes[contract >> 1]);
        return at === undefined ? otherwise : values[2 * at + (contract & 1)];
      });
    this.openInterest = moved(this.openInterest, 0);
    this.last = moved(this.last, Number.NaN);
    // strikes of a range stay, so that of two windows of one step that meet everything between is there
    const known = this.#window;
    const meets = known !== null && known.step === window.step && window.lowest <= known.highest + window.step && window.highest >= known.lowest - window.step;
    this.#window = meets ? { step: window.step, lowest: Math.min(known.lowest, window.lowest), highest: Math.max(known.highest, window.highest) } : window;
  }
}
