import { valueAndGradients } from '../tensor/parameters.js';
import { tf, type Scalar, type Tensor } from '../tensor/tensorflow.js';
import type { TrainingTask } from './task.js';

/** What a step is made of; the caller disposes of it. */
export interface StepGradients {
  readonly loss: Scalar;
  readonly gradients: ReadonlyMap<string, Tensor>;
}

/** Loss and gradients of some batches together, each weighted by its size: as one large batch would have them, in the memory of one. */
export function averagedGradients<Batch>(task: TrainingTask<Batch>, group: readonly Batch[], sizes: readonly number[], dropSeed: number): StepGradients {
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  let total: StepGradients | null = null;
  for (const [i, batch] of group.entries()) {
    const share = sizes[i] / whole;
    const before = total;
    total = kept(() => {
      const { value, gradients } = valueAndGradients(() => task.loss(batch, (dropSeed + i) | 0), task.parameters);
      if (group.length === 1) return { loss: value, gradients };
      const added = (now: Tensor, sum: Tensor | undefined): Tensor => (sum ? tf.add(sum, tf.mul(now, share)) : tf.mul(now, share));
      return { loss: added(value, before?.loss) as Scalar, gradients: new Map([...gradients].map(([name, one]) => [name, added(one, before?.gradients.get(name))])) };
    });
    if (before) tf.dispose([before.loss, ...before.gradients.values()]);
  }
  return total!;
}

/** Runs in a scope that leaves only what is answered. */
function kept(compute: () => StepGradients): StepGradients {
  let found: StepGradients | null = null;
  tf.tidy(() => {
    found = compute();
    for (const tensor of [found.loss, ...found.gradients.values()]) tf.keep(tensor);
  });
  return found!;
}
