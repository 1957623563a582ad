import { tf, type Tensor2D, type Tensor3D } from '../../tensor/tensorflow.js';

/**
 * Quantiles that cannot cross, [rows, horizons, quantiles], from free numbers [rows, horizons × quantiles]: the middle one as it is, each next one
 * outwards further by the softplus of its own (non-crossing by construction, as in Gasthaus et al. 2019).
 */
export function risingQuantiles(free: Tensor2D, horizons: number, quantiles: number): Tensor3D {
  const [rows] = free.shape;
  const middle = (quantiles - 1) / 2;
  const columns = tf.reshape<tf.Rank.R3>(free, [rows, horizons, quantiles]);
  const part = (from: number, count: number): Tensor3D => tf.slice(columns, [0, 0, from], [rows, horizons, count]);
  if (middle === 0) return columns;
  const median = part(middle, 1);
  const above = tf.cumsum(tf.softplus(part(middle + 1, middle)), 2);
  // the innermost of the lower ones stands last, so sums run from the back
  const below = tf.cumsum(tf.softplus(part(0, middle)), 2, false, true);
  return tf.concat([tf.sub(median, below), median, tf.add(median, above)], 2);
}
