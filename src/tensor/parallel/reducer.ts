import { InvariantError } from '../../core/errors.js';
import { activeHeap } from '../active-heap.js';
import { tf, type Tensor } from '../tensorflow.js';

/** Memory that all ranks of a run share. */
export interface SharedReduction {
  readonly world: number;
  /** Numbers of a gradient. */
  readonly size: number;
  /** A gradient of each rank, and the weight that it has in the mean. */
  readonly values: SharedArrayBuffer;
  /** Arrivals, the generation of the barrier, whether a rank has failed. */
  readonly control: SharedArrayBuffer;
}

const [ARRIVED, GENERATION, FAILED] = [0, 1, 2];
/** A rank that died without a word is noticed at most so late, in milliseconds. */
const PATIENCE = 200;

export function sharedReduction(world: number, size: number): SharedReduction {
  return { world, size, values: new SharedArrayBuffer(world * (size + 1) * 4), control: new SharedArrayBuffer(16) };
}

/**
 * Means of gradients over all ranks, each a thread with a backend of its own. Every rank adds the same numbers in the same order, so that
 * weights which start equal stay equal, bit for bit.
 */
export class Reducer {
  readonly rank: number;
  readonly #shared: SharedReduction;
  readonly #all: readonly Float32Array[];
  readonly #control: Int32Array;

  constructor(shared: SharedReduction, rank: number) {
    this.rank = rank;
    this.#shared = shared;
    this.#all = Array.from({ length: shared.world }, (_, one) => new Float32Array(shared.values, one * (shared.size + 1) * 4, shared.size + 1));
    this.#control = new Int32Array(shared.control);
  }

  /**
   * Puts the mean over the ranks into the gradients, in place on the heap; elsewhere answers new tensors and disposes of the given. Each rank
   * counts by its weight: the number of samples, or of targets that are there, that its loss is a mean over.
   */
  async mean(gradients: ReadonlyMap<string, Tensor>, weight = 1): Promise<ReadonlyMap<string, Tensor>> {
    if (!(weight >= 0 && weight < Infinity)) throw new InvariantError(`expected a weight of 0 or more, found ${weight} in a reduction`);
    const { size } = this.#shared;
    const heap = activeHeap();
    const mine = this.#all[this.rank];
    let at = 0;
    for (const gradient of gradients.values()) {
      if (at + gradient.size > size) throw new InvariantError(`expected gradients of ${size} numbers, found more in a reduction`);
      mine.set(heap ? heap.valuesOf(gradient) : ((await gradient.data())), at);
      at += gradient.size;
    }
    if (at !== size) throw new InvariantError(`expected gradients of ${size} numbers, found ${at} in a reduction`);
    mine[size] = weight;
    this.barrier();
    const means = new Map<string, Tensor>();
    at = 0;
    for (const [name, gradient] of gradients) {
      const to = heap ? heap.valuesOf(gradient) : new Float32Array(gradient.size);
      this.#meanInto(to, at);
      at += gradient.size;
      means.set(name, heap ? gradient : tf.tensor(to, gradient.shape));
      if (!heap) gradient.dispose();
    }
    this.barrier(); // nobody writes the next gradient before all have read this one
    return means;
  }

  #meanInto(to: Float32Array, at: number): void {
    const { world, size } = this.#shared;
    const weights = this.#all.map((values) => values[size]);
    const whole = weights.reduce((sum, one) => sum + one, 0);
    if (whole === 0) throw new InvariantError('expected a weight above 0 of some rank, found none in a reduction');
    for (let i = 0; i < to.length; i++) {
      let sum = 0;
      for (let one = 0; one < world; one++) sum += weights[one] * this.#all[one][at + i];
      to[i] = sum / whole;
    }
  }

  /** Waits until all ranks are here. Throws `InvariantError` `RANK_FAILED` when one of them never will be. */
  barrier(): void {
    const control = this.#control;
    const generation = Atomics.load(control, GENERATION);
    if (Atomics.add(control, ARRIVED, 1) === this.#shared.world - 1) {
      Atomics.store(control, ARRIVED, 0);
      Atomics.add(control, GENERATION, 1);
      Atomics.notify(control, GENERATION);
    }
    while (Atomics.load(control, GENERATION) === generation) {
      if (Atomics.load(control, FAILED) !== 0) throw new InvariantError('expected all ranks to go on, found that another has failed', { code: 'RANK_FAILED' });
      Atomics.wait(control, GENERATION, generation, PATIENCE);
    }
  }
}

/** Tells the ranks that wait for another that it has failed. */
export function failReduction({ control }: SharedReduction): void {
  const flags = new Int32Array(control);
  Atomics.store(flags, FAILED, 1);
  Atomics.notify(flags, GENERATION);
}
