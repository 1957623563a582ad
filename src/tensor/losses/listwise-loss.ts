import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import { maskedMean, present } from './present.js';
import { requireShape } from './same-shape.js';

/** Far below every score: its exponential is 0. */
const NEVER = -1e9;

/**
 * ListNet (Cao et al. 2007, equations 4 and 6, top one): the mean over lists of the cross entropy between softmax(target / temperature) and
 * softmax(score). Scores and targets [lists, items]; an item whose target is NaN is missing, so that lists may be of different lengths, and a list
 * without any counts nowhere. A low temperature weighs the top of a list more; returns of a few percent want one as small, or to be ranked first.
 * Throws `InvariantError` unless the temperature is positive.
 */
export function listwiseLoss(scores: Tensor2D, target: Tensor2D, temperature = 1): Scalar {
  if (!(temperature > 0)) throw new InvariantError(`expected a positive temperature, found ${temperature} in listwiseLoss`);
  requireShape('scores of listwiseLoss', scores, target.shape);
  const { values, mask } = present(target);
  const away = tf.mul(tf.sub(1, mask), NEVER);
  const wanted = tf.mul(tf.softmax(tf.add(tf.div(values, temperature), away)), mask);
  const found: Tensor = tf.logSoftmax(tf.add(tf.mul(scores, mask), away));
  const lost = tf.neg(tf.sum(tf.mul(wanted, found), 1)); // [list]
  return maskedMean(lost, tf.max(mask, 1));
}
