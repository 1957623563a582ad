import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';

import { maskedMean, present } from './present.js';
import { requireShape } from './same-shape.js';

/**
 * RankNet (Burges et al. 2005, equation 3): the mean, over lists, of the mean over pairs of a list whose targets differ, of
 * ln(1 + exp(score of the lower - score of the higher)). Scores and targets [lists, items]; an item whose target is NaN is missing and in no pair, so
 * that lists may be of different lengths. Deviation: pairs of equal targets are left out, where the paper would pull their scores together.
 *
 * Takes lists × items² numbers.
 */
export function pairwiseLoss(scores: Tensor2D, target: Tensor2D): Scalar {
  requireShape('scores of pairwiseLoss', scores, target.shape);
  const { values, mask } = present(target);
  const isPair = tf.mul(tf.expandDims(mask, 2), tf.expandDims(mask, 1)); // [list, item, item]
  const isAbove = tf.mul(tf.cast(tf.greater(tf.expandDims(values, 2), tf.expandDims(values, 1)), 'float32'), isPair);
  const lost = tf.softplus(tf.sub(tf.expandDims(scores, 1), tf.expandDims(scores, 2)));
  const pairs = tf.sum(isAbove, [1, 2]); // [list]
  return maskedMean(tf.div(tf.sum(tf.mul(lost, isAbove), [1, 2]), tf.maximum(pairs, 1)), tf.minimum(pairs, 1));
}
