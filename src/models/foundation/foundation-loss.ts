import { correlationLoss } from '../../tensor/losses/correlation-loss.js';
import { gaussianLoss } from '../../tensor/losses/gaussian-loss.js';
import { listwiseLoss } from '../../tensor/losses/listwise-loss.js';
import { pairwiseLoss } from '../../tensor/losses/pairwise-loss.js';
import { quantileLoss } from '../../tensor/losses/quantile-loss.js';
import { tf, type Scalar, type Tensor2D } from '../../tensor/tensorflow.js';
import type { FoundationSettingsConfig } from './config.js';
import type { FoundationOutput } from './foundation.js';

const RANKING_LOSSES = { correlation: correlationLoss, pairwise: pairwiseLoss, listwise: listwiseLoss } as const;

/** What the losses are made of, beside the output of the network. */
export interface LossTargets {
  /** [node, horizon] */
  readonly scaled: Tensor2D;
  /** [1, node] */
  readonly ranks: Tensor2D;
}

/** Parts of the loss by name, unweighted. */
export interface FoundationLosses {
  /** Pinball, summed over the quantiles. */
  readonly quantiles: Scalar;
  readonly ranking: Scalar | null;
  /** Of a normal distribution around the median, which this does not move. */
  readonly volatility: Scalar;
}

export type LossSettings = Pick<FoundationSettingsConfig, 'ranking' | 'rankingWeight' | 'volatilityWeight' | 'quantiles'>;

/** Losses of one session. @param main position of the horizon whose medians rank the stocks */
export function foundationLosses(settings: LossSettings, output: FoundationOutput, { scaled, ranks }: LossTargets, main: number): FoundationLosses {
  const median = medians(output, settings.quantiles); // [node, horizon]
  const { ranking } = settings;
  return {
    quantiles: quantileLoss(output.quantiles, scaled, settings.quantiles),
    ranking: ranking === 'none' ? null : RANKING_LOSSES[ranking](tf.reshape(tf.slice(median, [0, main], [-1, 1]), [1, -1]), ranks),
    volatility: gaussianLoss(withoutGradient(median), tf.square(output.volatility), scaled),
  };
}

export function totalLoss({ rankingWeight, volatilityWeight }: LossSettings, { quantiles, ranking, volatility }: FoundationLosses): Scalar {
  const both = tf.add<Scalar>(quantiles, tf.mul(volatility, volatilityWeight));
  return ranking === null ? both : tf.add(both, tf.mul(ranking, rankingWeight));
}

/** [node, horizon] */
export function medians({ quantiles }: Pick<FoundationOutput, 'quantiles'>, levels: readonly number[]): Tensor2D {
  const [nodes, horizons] = quantiles.shape;
  return tf.reshape(tf.slice(quantiles, [0, 0, (levels.length - 1) / 2], [nodes, horizons, 1]), [nodes, horizons]);
}

/** The same values, from which no gradient goes back. */
const withoutGradient = tf.customGrad((x) => ({ value: tf.clone(x as Tensor2D), gradFunc: (dy) => tf.zerosLike(dy) })) as (x: Tensor2D) => Tensor2D;
