import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import { maskedMean, present } from './present.js';
import { requireShape } from './same-shape.js';

/** Added to variances: scores that are all equal have no direction to be blamed for. */
const EPSILON = 1e-6;

/**
 * One less Pearson's correlation of scores and targets, the mean over lists; with targets that are ranks it is a smooth stand-in for the rank IC. Both
 * [lists, items]; an item whose target is NaN is missing, and a list with fewer than two counts nowhere.
 */
export function correlationLoss(scores: Tensor2D, target: Tensor2D): Scalar {
  requireShape('scores of correlationLoss', scores, target.shape);
  const { values, mask } = present(target);
  const counts = tf.sum(mask, 1, true); // [list, 1]
  const centred = (all: Tensor): Tensor => tf.mul(tf.sub(all, tf.div(tf.sum(tf.mul(all, mask), 1, true), tf.maximum(counts, 1))), mask);
  const [s, y] = [centred(scores), centred(values)];
  const spread = (all: Tensor): Tensor => tf.add(tf.div(tf.sum(tf.square(all), 1), tf.maximum(tf.squeeze(counts, [1]), 1)), EPSILON);
  const product = tf.div(tf.sum(tf.mul(s, y), 1), tf.maximum(tf.squeeze(counts, [1]), 1));
  const correlation = tf.div(product, tf.sqrt(tf.mul(spread(s), spread(y))));
  const counted = tf.cast(tf.greaterEqual(tf.squeeze(counts, [1]), 2), 'float32');
  return maskedMean(tf.sub(1, correlation), counted);
}
