import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import { customOp } from '../custom-op.js';
import { maskedMean, present } from './present.js';
import { requireShape } from './same-shape.js';

/** ln(2π) / 2. */
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Negative log-likelihood of a normal distribution (Nix, Weigend 1994): the mean of (ln v + (target - mean)² / v + ln 2π) / 2, v = max(variance,
 * floor). All [...]; a target that is NaN is missing and counts nowhere. As in PyTorch the floor lets the gradient of v through to the variance, so
 * that one below it can come up again. Throws `InvariantError` unless the floor is positive.
 */
export function gaussianLoss(mean: Tensor, variance: Tensor, target: Tensor, floor = 1e-6): Scalar {
  if (!(floor > 0)) throw new InvariantError(`expected a positive floor of the variance, found ${floor} in gaussianLoss`);
  requireShape('means of gaussianLoss', mean, target.shape);
  requireShape('variances of gaussianLoss', variance, target.shape);
  const { values, mask } = present(target);
  const v = floored(variance, floor);
  const lost = tf.add(tf.log(v), tf.div(tf.square(tf.sub(values, mean)), v));
  return maskedMean(tf.add(tf.mul(lost, 0.5), HALF_LOG_TWO_PI), mask);
}

function floored(variance: Tensor, floor: number): Tensor {
  return customOp<'variance'>({
    inputs: { variance },
    forward: () => [tf.maximum(variance, floor)],
    backward: ([dy]) => ({ variance: () => tf.clone(dy) }),
  })[0];
}
