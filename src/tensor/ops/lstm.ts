import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

import { activeHeap, usesNativeLayers } from '../active-heap.js';
import { customOp } from '../custom-op.js';
import type { Heap } from '../kernels/heap.js';
import { blockLstm } from '../native/block-lstm.js';

export interface LstmInput {
  /** [batch, time, inputs]. */
  readonly x: Tensor;
  /** [inputs, 4 hidden], gates in the order input, forget, cell, output. */
  readonly w: Tensor;
  /** [hidden, 4 hidden]. */
  readonly u: Tensor;
  /** [4 hidden]. */
  readonly bias: Tensor;
  /** State and cell before the first step, [batch, hidden]; null is zeros. */
  readonly h0: Tensor | null;
  readonly c0: Tensor | null;
}

export interface LstmOutput {
  /** State after each step, [batch, time, hidden]. */
  readonly h: Tensor3D;
  /** Cell after the last step, [batch, hidden]. */
  readonly cell: Tensor2D;
}

/** A layer of long short-term memory over all steps (Hochreiter, Schmidhuber 1997, with forget gates: Gers et al. 2000). */
export function lstm(input: LstmInput): LstmOutput {
  const heap = activeHeap();
  if (heap !== null) return fusedLstm(heap, input);
  return usesNativeLayers() ? nativeLstm(input) : plainLstm(input);
}

/** One operation of TensorFlow for the whole layer, so that a GPU is not starved by small calls. */
function nativeLstm({ x, w, u, bias, h0, c0 }: LstmInput): LstmOutput {
  const start = (): Tensor2D => tf.zeros([x.shape[0], u.shape[0]]);
  const { outputs, cell } = blockLstm({ x: x as Tensor3D, kernel: w as Tensor2D, recurrent: u as Tensor2D, bias: bias as tf.Tensor1D, hidden: (h0 as Tensor2D | null) ?? start(), cell: (c0 as Tensor2D | null) ?? start() });
  return { h: outputs, cell };
}

/** The same by stock operations, a step at a time. */
export function plainLstm({ x, w, u, bias, h0, c0 }: LstmInput): LstmOutput {
  const [batch, time, inputs] = x.shape;
  const hidden = u.shape[0];
  const projected = tf.reshape(tf.add(tf.matMul(tf.reshape(x, [batch * time, inputs]), w as Tensor2D), bias), [batch, time, 4 * hidden]);
  let h = h0 ?? tf.zeros([batch, hidden]);
  let c = c0 ?? tf.zeros([batch, hidden]);
  // the stock gradient of unstack does not know that there may be one part only
  const steps = time === 1 ? [tf.reshape(projected, [batch, 4 * hidden])] : tf.unstack(projected, 1);
  const states = steps.map((step) => {
    const [i, f, g, o] = tf.split(tf.add(step, tf.matMul(h as Tensor2D, u as Tensor2D)), 4, 1);
    c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    h = tf.mul(tf.sigmoid(o), tf.tanh(c));
    return h;
  });
  return { h: tf.stack(states, 1) as Tensor3D, cell: c as Tensor2D };
}

type Input = 'x' | 'w' | 'u' | 'bias' | 'h0' | 'c0';

function fusedLstm(heap: Heap, { x, w, u, bias, h0, c0 }: LstmInput): LstmOutput {
  const [batch, time, inputs] = x.shape;
  const hidden = u.shape[0];
  tf.util.assert(x.rank === 3 && w.shape[0] === inputs && w.shape[1] === 4 * hidden && u.shape[1] === 4 * hidden && bias.size === 4 * hidden, () => `expected x [batch, time, inputs], w [inputs, 4 hidden], u [hidden, 4 hidden], found [${x.shape.join(', ')}], [${w.shape.join(', ')}], [${u.shape.join(', ')}] in lstm`);
  const { kernels } = heap;
  const at = (tensor: Tensor | null): number => (tensor ? heap.address(tensor) : 0);
  const given = [x, w, u, ...(h0 ? [h0] : []), ...(c0 ? [c0] : [])];
  const [h, cell] = customOp<Input>({
    inputs: { x, w, u, bias, ...(h0 ? { h0 } : {}), ...(c0 ? { c0 } : {}) },
    forward: (save) => {
      const [y, last, gates, cells] = [heap.output([batch, time, hidden]), heap.output([batch, hidden]), heap.output([kernels.lstmGates(batch, time, hidden)]), heap.output([kernels.lstmCells(batch, time, hidden)])];
      const scratch = heap.scratch(kernels.lstmScratch(inputs, hidden));
      kernels.lstmForward(at(x), at(w), at(u), at(bias), at(h0), at(c0), at(y), at(last), at(gates), at(cells), batch, time, inputs, hidden, scratch);
      save([...given, y, gates, cells]);
      return [y, last];
    },
    backward: ([dh, dCell], saved) => {
      const [x_, w_, u_] = saved;
      const first = h0 ? saved[3] : null;
      const firstCell = c0 ? saved[h0 ? 4 : 3] : null;
      const [y, gates, cells] = saved.slice(-3);
            const made = { x: heap.output(x_.shape), w: heap.output(w_.shape), u: heap.output(u_.shape), bias: heap.output([4 * hidden]), h0: h0 ? heap.output([batch, hidden]) : null, c0: c0 ? heap.output([batch, hidden]) : null };
      const scratch = heap.scratch(kernels.lstmScratch(inputs, hidden));
      kernels.lstmBackward(at(x_), at(w_), at(u_), at(first), at(firstCell), at(y), at(gates), at(cells), at(dh), at(dCell), at(made.x), at(made.w), at(made.u), at(made.bias), at(made.h0), at(made.c0), batch, time, inputs, hidden, scratch);
      return { x: () => made.x, w: () => made.w, u: () => made.u, bias: () => made.bias, ...(h0 ? { h0: () => made.h0 as Tensor } : {}), ...(c0 ? { c0: () => made.c0 as Tensor } : {}) };
    },
  });
  return { h: h as Tensor3D, cell: cell as Tensor2D };
}
