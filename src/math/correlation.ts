import { mean } from './stats.js';

/** Pearson's correlation of two series of the same length; `null` when one of them does not vary. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const [meanX, meanY] = [mean(x), mean(y)];
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - meanX) ** 2;
    yy += (y[i] - meanY) ** 2;
    xy += (x[i] - meanX) * (y[i] - meanY);
  }
  return xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy))) : null;
}

/** A series less its mean, with the sum of its squares: what correlations with many others have in common. */
export interface CentredSeries {
  readonly values: Float64Array;
  readonly squares: number;
}

/** @param values where to write it */
export function centred(x: ArrayLike<number>, values: Float64Array = new Float64Array(x.length)): CentredSeries {
  const centre = mean(x);
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = x[i] - centre;
    squares += values[i] ** 2;
  }
  return { values, squares };
}

/** `correlation` of two series that were centred before, the same bit for bit. */
export function correlationOfCentred({ values: x, squares: xx }: CentredSeries, { values: y, squares: yy }: CentredSeries): number | null {
  let xy = 0;
  for (let i = 0; i < x.length; i++) xy += x[i] * y[i];
  return xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy))) : null;
}
