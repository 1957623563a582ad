import type { Adam } from './optim/adam.js';
import type { Reducer } from './parallel/reducer.js';
import { valueAndGradients, type ParameterTree } from './parameters.js';
import { tf, type Scalar, type Tensor } from './tensorflow.js';

export interface TrainStep {
  readonly parameters: ParameterTree;
  readonly optimizer: Adam;
  /** Learning rate of this step. */
  readonly rate: number;
  /** Loss of a batch; what it makes on the way is cleaned up. */
  readonly loss: () => Scalar;
  /** Where several ranks train together: their gradients' mean is taken. */
  readonly reducer?: Reducer | null;
  /** What this rank's loss is a mean over (samples, targets that are there): its weight in the mean over ranks. */
  readonly weight?: number;
}

/** A step of training; answers the loss before it (of this rank's part) and the norm of the gradients. Leaves no tensor behind. */
export async function trainStep({ parameters, optimizer, rate, loss, reducer = null, weight = 1 }: TrainStep): Promise<{ readonly loss: number; readonly norm: number }> {
  let gradients: ReadonlyMap<string, Tensor> = new Map();
  const value = tf.tidy(() => {
    const found = valueAndGradients(loss, parameters);
    for (const gradient of found.gradients.values()) tf.keep(gradient);
    gradients = found.gradients;
    return found.value;
  });
  try {
    if (reducer) gradients = await reducer.mean(gradients, weight);
    const norm = optimizer.step(gradients, rate);
    return { loss: (await value.data())[0], norm };
  } finally {
    value.dispose();
    tf.dispose([...gradients.values()]);
  }
}
