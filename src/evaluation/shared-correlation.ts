import { correlation } from '../math/correlation.js';

/** Pearson's correlation over the members that have both values, again and again, on arrays that it keeps. */
export class SharedCorrelation {
  readonly #x: Float64Array;
  readonly #y: Float64Array;

  /** @param members length of every list of values */
  constructor(members: number) {
    [this.#x, this.#y] = [new Float64Array(members), new Float64Array(members)];
  }

  /** Of values [member], NaN where there is none; NaN when one of them does not vary. */
  of(x: Float64Array, y: Float64Array): number {
    let count = 0;
    for (let member = 0; member < x.length; member++) {
      if (Number.isNaN(x[member]) || Number.isNaN(y[member])) continue;
      this.#x[count] = x[member];
      this.#y[count++] = y[member];
    }
    return correlation(this.#x.subarray(0, count), this.#y.subarray(0, count)) ?? Number.NaN;
  }
}
