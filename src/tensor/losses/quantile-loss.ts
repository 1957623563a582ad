import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

/**
 * Pinball loss: the mean over samples and horizons of the sum over quantiles of max(q e, (q - 1) e), e = target - prediction
 * (Koenker, Bassett 1978). Predictions [..., quantiles], targets [...].
 */
export function quantileLoss(prediction: Tensor, target: Tensor, quantiles: readonly number[]): Scalar {
  const e = tf.sub(tf.expandDims(target, -1), prediction);
  // max(q e, (q - 1) e) = relu(e) - (1 - q) e, without the slow stock maximum
  const lost = tf.sub(tf.relu(e), tf.mul(e, tf.tensor1d(quantiles.map((q) => 1 - q))));
  return tf.div<Scalar>(tf.sum(lost), target.size);
}
