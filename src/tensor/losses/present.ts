import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Targets of which some are missing. */
export interface Present {
  /** The targets, 0 where one is missing: no NaN goes on from here into values or gradients. */
  readonly values: Tensor;
  /** 1 where there is a target, else 0. */
  readonly mask: Tensor;
}

/** Parts targets into values and mask; NaN is a missing one. */
export function present(target: Tensor): Present {
  const isMissing = tf.isNaN(target);
  return { values: tf.where(isMissing, tf.zerosLike(target), target), mask: tf.cast(tf.logicalNot(isMissing), 'float32') };
}

/** Mean of the values that a mask leaves, 0 where it leaves none; values under the mask have to be finite. */
export function maskedMean(values: Tensor, mask: Tensor): tf.Scalar {
  return tf.div(tf.sum(tf.mul(values, mask)), tf.maximum(tf.sum(mask), 1));
}
