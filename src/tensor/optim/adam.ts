import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';
import { activeHeap } from '../active-heap.js';
import type { Heap } from '../kernels/heap.js';
import { flatten, type ParameterTree } from '../parameters.js';
import { globalNorm } from './global-norm.js';

export interface AdamSettings {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled from the gradient (AdamW); 0 is Adam. */
  readonly weightDecay?: number;
  /** Gradients are scaled so that their norm over all parameters is at most this; null clips nothing. */
  readonly clipNorm?: number | null;
}

/** All that an optimizer needs to go on: moments in the order of the parameters, side by side, and the number of steps taken. */
export interface AdamState {
  readonly step: number;
  readonly m: Float32Array;
  readonly v: Float32Array;
}

/**
 * Adam (Kingma, Ba 2015, algorithm 1) and AdamW (Loshchilov, Hutter 2019, algorithm 2), as PyTorch computes them. It owns the parameters that
 * it is given: a step changes their values in place, where they lie on the heap or by assignment to variables on other backends. Clones and
 * reshapes of a parameter keep the values of before.
 */
export class Adam {
  readonly #parameters: ReadonlyMap<string, tf.Variable>;
  readonly #size: number;
  readonly #settings: Required<AdamSettings>;
  #m: Tensor;
  #v: Tensor;
  #step = 0;

  /** Throws `InvariantError` unless all tensors of the tree are variables (see `variables`). */
  constructor(parameters: ParameterTree, settings: AdamSettings = {}) {
    this.#settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clipNorm: null, ...settings };
    const flat = flatten(parameters);
    if (new Set(flat.values()).size !== flat.size) throw new InvariantError('expected each variable under one name, found one under several: it would be stepped more than once');
    for (const [name, tensor] of flat) if (!(tensor instanceof tf.Variable)) throw new InvariantError(`expected variables to train, found a constant tensor "${name}"`);
    this.#parameters = flat as ReadonlyMap<string, Tensor> as ReadonlyMap<string, tf.Variable>;
    this.#size = [...flat.values()].reduce((sum, { size }) => sum + size, 0);
    // they outlive whatever scope they are made in
    this.#m = tf.keep(tf.zeros([this.#size]));
    this.#v = tf.keep(tf.zeros([this.#size]));
  }

  /** Names of the parameters, in the order of the moments. */
  get names(): readonly string[] {
    return [...this.#parameters.keys()];
  }

  /** Takes a step with gradients by name at a learning rate; answers the norm of the gradients before clipping. */
  step(gradients: ReadonlyMap<string, Tensor>, rate: number): number {
    const ordered = [...this.#parameters.keys()].map((name) => {
      const gradient = gradients.get(name);
      if (!gradient) throw new InvariantError(`expected a gradient of "${name}", found none`);
      return gradient;
    });
    const { clipNorm } = this.#settings;
    const norm = globalNorm(ordered);
    if (!Number.isFinite(norm)) throw new InvariantError(`expected finite gradients, found a norm of ${norm} at step ${this.#step + 1}`, { code: 'DIVERGED' });
    const scale = clipNorm !== null && norm > clipNorm ? clipNorm / (norm + 1e-6) : 1;
    this.#step++;
    const heap = activeHeap();
    if (heap === null) this.#assign(ordered, rate, scale);
    else this.#inPlace(heap, ordered, rate, scale);
    return norm;
  }

  #inPlace(heap: Heap, gradients: readonly Tensor[], rate: number, scale: number): void {
    const { beta1, beta2, epsilon, weightDecay } = this.#settings;
    const [rate1, correction] = [rate / (1 - beta1 ** this.#step), 1 / Math.sqrt(1 - beta2 ** this.#step)];
    let [m, v] = [heap.address(this.#m), heap.address(this.#v)];
    for (const [i, parameter] of [...this.#parameters.values()].entries()) {
      if (heap.isShared(parameter)) moveAway(heap, parameter);
      heap.kernels.adamStep(heap.address(parameter), m, v, heap.address(gradients[i]), parameter.size, scale, beta1, beta2, 1 - beta1, 1 - beta2, rate1, correction, epsilon, 1 - rate * weightDecay);
      m += parameter.size * 4;
      v += parameter.size * 4;
    }
  }

  /** One flat tensor for all parameters: few operations, whatever their number. */
  #assign(gradients: readonly Tensor[], rate: number, scale: number): void {
    const { beta1, beta2, epsilon, weightDecay } = this.#settings;
    const [rate1, correction] = [rate / (1 - beta1 ** this.#step), 1 / Math.sqrt(1 - beta2 ** this.#step)];
    const parameters = [...this.#parameters.values()];
    const [m, v, values] = tf.tidy((): [Tensor, Tensor, Tensor] => {
      const g = tf.mul(tf.concat(gradients.map((one) => tf.reshape(one, [-1]))), scale);
      const m1 = tf.add(tf.mul(this.#m, beta1), tf.mul(g, 1 - beta1));
      const v1 = tf.add(tf.mul(this.#v, beta2), tf.mul(tf.square(g), 1 - beta2));
      const move = tf.div(m1, tf.add(tf.mul(tf.sqrt(v1), correction), epsilon));
      const before = tf.concat(parameters.map((one) => tf.reshape(one, [-1])));
      return [m1, v1, tf.sub(tf.mul(before, 1 - rate * weightDecay), tf.mul(move, rate1))];
    });
    tf.dispose([this.#m, this.#v]);
    [this.#m, this.#v] = [tf.keep(m), tf.keep(v)];
    let from = 0;
    for (const parameter of parameters) {
      const next = tf.tidy(() => tf.reshape(tf.slice(values, [from], [parameter.size]), parameter.shape));
      parameter.assign(next);
      next.dispose();
      from += parameter.size;
    }
    values.dispose();
  }

  /** Its state, to be saved. */
  async state(): Promise<AdamState> {
    return { step: this.#step, m: Float32Array.from(await this.#m.data()), v: Float32Array.from(await this.#v.data()) };
  }

  /** Goes on from a saved state. Throws `InvariantError` when that is of other parameters. */
  restore({ step, m, v }: AdamState): void {
    if (m.length !== this.#size || v.length !== this.#size) throw new InvariantError(`expected moments of ${this.#size} parameters, found ${m.length} and ${v.length}`);
    tf.dispose([this.#m, this.#v]);
    this.#m = tf.keep(tf.tensor1d(m));
    this.#v = tf.keep(tf.tensor1d(v));
    this.#step = step;
  }

  dispose(): void {
    tf.dispose([this.#m, this.#v]);
  }
}

/** Gives a variable a place of its own for its values, so that a clone that somebody holds stays what it was. */
function moveAway(heap: Heap, parameter: tf.Variable): void {
  const copy = heap.copy(parameter);
  parameter.assign(copy);
  copy.dispose();
}
