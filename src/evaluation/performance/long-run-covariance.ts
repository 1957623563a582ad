/**
 * Covariance of sums of vectors that depend on those up to `lags` before them, divided by their number (Newey and West, 1987, equation 5,
 * Bartlett weights, no correction for few observations): never negative in any direction.
 *
 * @param vectors  [observation, component] with mean 0, row-major
 * @param width    components of a vector
 * @returns [width, width], row-major, symmetric
 */
export function longRunCovariance(vectors: Float64Array, width: number, lags: number): Float64Array {
  const count = vectors.length / width;
  const covariance = new Float64Array(width * width);
  for (let lag = 0; lag <= Math.min(lags, count - 1); lag++) {
    const weight = (1 - lag / (lags + 1)) / count;
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        let sum = 0;
        for (let t = lag; t < count; t++) sum += vectors[t * width + i] * vectors[(t - lag) * width + j];
        covariance[i * width + j] += weight * sum;
        if (lag > 0) covariance[j * width + i] += weight * sum;
      }
    }
  }
  return covariance;
}
