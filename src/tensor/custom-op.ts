import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

import { InvariantError } from '../core/errors.js';

/** Gradients by input; a function is called only when its input is asked for. */
export type Gradients<Name extends string> = Partial<Record<Name, () => Tensor>>;

/** An operation with several results and a gradient of its own. */
export interface CustomOp<Name extends string> {
  readonly inputs: Readonly<Partial<Record<Name, Tensor>>>;
  /** Computes results; what `save` is given is kept for `backward`. */
  readonly forward: (save: (tensors: Tensor[]) => void) => Tensor[];
  /**
   * Gradients of the inputs for cotangents of the results; a result that nothing depends on has zeros. What several inputs share is computed
   * here: each function runs in a scope of its own, whose other tensors are gone when it ends.
   */
  readonly backward: (cotangents: readonly Tensor[], saved: readonly Tensor[]) => Gradients<Name>;
}

interface KernelCall {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly forwardFunc: (backend: unknown, save: (tensors: Tensor[]) => void) => Tensor[];
  readonly backwardsFunc: (cotangents: Tensor | Tensor[], saved: Tensor[]) => Record<string, () => Tensor>;
}

/** Within how many gradients this is computed: none follows where it is 0. */
export function gradientDepth(): number {
  return (tf.engine() as unknown as { readonly state: { readonly gradientDepth: number } }).state.gradientDepth;
}

/**
 * Runs an operation so that the tape of TensorFlow.js knows its gradient. `tf.customGrad` is the public way but knows one result only; the
 * engine's method behind it, called here, takes several. Gradients are of first order: kernels have none of their own.
 * @throws InvariantError for inputs that are not single precision, or where a gradient of a gradient is asked for
 */
export function customOp<Name extends string>({ inputs, forward, backward }: CustomOp<Name>): Tensor[] {
  const engine = tf.engine() as unknown as { runKernelFunc(call: KernelCall): Tensor | Tensor[] };
  const given = inputs as Readonly<Record<string, Tensor>>;
  for (const [name, { dtype, shape }] of Object.entries(given)) if (dtype !== 'float32') throw new InvariantError(`expected single precision for "${name}", found ${dtype} [${shape.join(', ')}]`);
  if (gradientDepth() > 1) throw new InvariantError('expected a gradient of first order, found a gradient within another: own kernels have no second; run it in withoutKernels', { code: 'SECOND_ORDER' });
  const results = engine.runKernelFunc({
    inputs: given,
    forwardFunc: (_backend, save) => {
      // kept only once all has been computed: what was kept of an operation that failed would stay for good
      const toSave: Tensor[] = [];
      const made = forward((tensors) => void toSave.push(...tensors));
      if (toSave.length > 0) save(toSave);
      return made;
    },
    backwardsFunc: (cotangents, saved) => backward(Array.isArray(cotangents) ? cotangents : [cotangents], saved) as Record<string, () => Tensor>,
  });
  return Array.isArray(results) ? results : [results];
}
