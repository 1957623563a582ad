import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import { maskedMean, present } from './present.js';
import { requireShape } from './same-shape.js';

/**
 * Huber's loss: the mean of e²/2 where |e| ≤ delta and of delta (|e| - delta/2) beyond, e = target - prediction (Huber 1964). Both [...]; a
 * target that is NaN is missing and counts nowhere. Throws `InvariantError` unless delta is positive.
 */
export function huberLoss(prediction: Tensor, target: Tensor, delta = 1): Scalar {
  if (!(delta > 0)) throw new InvariantError(`expected a positive delta, found ${delta} in huberLoss`);
  requireShape('predictions of huberLoss', prediction, target.shape);
  const { values, mask } = present(target);
  const e = tf.sub(values, prediction);
  const bounded = tf.clipByValue(e, -delta, delta);
  return maskedMean(tf.mul(bounded, tf.sub(e, tf.mul(bounded, 0.5))), mask);
}
