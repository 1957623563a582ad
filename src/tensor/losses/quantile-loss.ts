import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

import { present } from './present.js';
import { requireShape } from './same-shape.js';

/**
 * Pinball loss: the mean over samples and horizons of the sum over quantiles of max(q e, (q - 1) e), e = target - prediction
 * (Koenker, Bassett 1978). Predictions [..., quantiles], targets [...]; a target that is NaN is missing and counts nowhere.
 */
export function quantileLoss(prediction: Tensor, target: Tensor, quantiles: readonly number[]): Scalar {
  requireShape('predictions of quantileLoss', prediction, [...target.shape, quantiles.length]);
  const { values, mask } = present(target);
  const e = tf.mul(tf.sub(tf.expandDims(values, -1), prediction), tf.expandDims(mask, -1));
  // max(q e, (q - 1) e) = relu(e) - (1 - q) e, without the slow stock maximum
  const lost = tf.sub(tf.relu(e), tf.mul(e, tf.tensor1d(quantiles.map((q) => 1 - q))));
  return tf.div(tf.sum(lost), tf.maximum(tf.sum(mask), 1));
}
