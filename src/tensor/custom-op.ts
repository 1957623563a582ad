import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

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

/**
 * Runs an operation so that the tape of TensorFlow.js knows its gradient. `tf.customGrad` is the public way but knows one result only; the
 * engine's method behind it, called here, takes several.
 */
export function customOp<Name extends string>({ inputs, forward, backward }: CustomOp<Name>): Tensor[] {
  const engine = tf.engine() as unknown as { runKernelFunc(call: KernelCall): Tensor | Tensor[] };
  const results = engine.runKernelFunc({
    inputs: inputs as Readonly<Record<string, Tensor>>,
    forwardFunc: (_backend, save) => forward(save),
    backwardsFunc: (cotangents, saved) => backward(Array.isArray(cotangents) ? cotangents : [cotangents], saved) as Record<string, () => Tensor>,
  });
  return Array.isArray(results) ? results : [results];
}
