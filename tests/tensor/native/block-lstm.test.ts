import '@tensorflow/tfjs'; // has the gradients of operations
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';

import { blockLstm, type LstmInputs, type LstmOutputs } from '../../../src/tensor/native/block-lstm.js';
import { loadNative } from '../../../src/tensor/native/load-native.js';
import { withoutNative } from './native-build.js';

const [batch, time, width, hidden] = [3, 5, 4, 6];
const shapes = { x: [batch, time, width], kernel: [width, 4 * hidden], recurrent: [hidden, 4 * hidden], bias: [4 * hidden], hidden: [batch, hidden], cell: [batch, hidden] };
const names = Object.keys(shapes) as (keyof LstmInputs)[];

const made = (): tf.Tensor[] => names.map((name, i) => tf.randomNormal(shapes[name], 0, 0.7, 'float32', 40 + i));
const named = (tensors: readonly tf.Tensor[]): LstmInputs => Object.fromEntries(names.map((name, i) => [name, tensors[i]])) as unknown as LstmInputs;

/** The definition, gates in the order of PyTorch: input, forget, cell, output. */
function plainLstm({ x, kernel, recurrent, bias, hidden: h0, cell: c0 }: LstmInputs): LstmOutputs {
  let [h, c] = [h0, c0];
  const outputs = tf.unstack(x, 1).map((step) => {
    const gates = tf.add<tf.Tensor2D>(tf.add(tf.matMul(step as tf.Tensor2D, kernel), tf.matMul(h, recurrent)), bias);
    const [i, f, g, o] = tf.split(gates, 4, 1);
    c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    h = tf.mul(tf.sigmoid(o), tf.tanh(c));
    return h;
  });
  return { outputs: tf.stack(outputs, 1) as tf.Tensor3D, cell: c };
}

/** Outputs, last cell state and the gradients in all inputs of a random weighing of both. */
async function measured(lstm: (inputs: LstmInputs) => LstmOutputs, weighCell: boolean): Promise<number[][]> {
  const inputs = made();
  const weighed = (...tensors: tf.Tensor[]): tf.Scalar => {
    const { outputs, cell } = lstm(named(tensors));
    const sum = tf.sum(tf.mul(outputs, tf.randomNormal([batch, time, hidden], 0, 1, 'float32', 60)));
    return (weighCell ? tf.add(sum, tf.sum(tf.mul(cell, tf.randomNormal([batch, hidden], 0, 1, 'float32', 61)))) : sum) as tf.Scalar;
  };
  const { outputs, cell } = lstm(named(inputs));
  const gradients = tf.grads(weighed)(inputs);
  return Promise.all([outputs, cell, ...gradients].map(async (tensor) => [...(await tensor.data())]));
}

describe.skipIf(withoutNative !== null)(`a layer of LSTM in one operation${withoutNative === null ? '' : ` (${withoutNative})`}`, () => {
  beforeAll(async () => {
    await loadNative();
  });

  it.each([true, false])('equals the definition, as do its gradients (last cell state used: %s)', async (weighCell) => {
    await tf.setBackend('cpu');
    const expected = await measured(plainLstm, weighCell);
    await tf.setBackend('tensorflow');
    const found = await measured(blockLstm, weighCell);
    for (const [i, values] of expected.entries()) {
      const size = Math.max(...values.map(Math.abs));
      expect(size).toBeGreaterThan(0.1);
      expect(found[i]).toHaveLength(values.length);
      expect(Math.max(...values.map((value, at) => Math.abs(value - found[i][at]))), ['outputs', 'cell', ...names][i]).toBeLessThan(3e-6 * Math.max(1, size));
    }
  });

  it('leaves no tensors behind', async () => {
    await tf.setBackend('tensorflow');
    const inputs = made();
    const step = (): void => {
      tf.dispose(tf.tidy(() => tf.grads((...tensors) => tf.sum(blockLstm(named(tensors)).outputs))(inputs)));
    };
    step();
    const [tensors, ids] = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    for (let i = 0; i < 3; i++) step();
    expect(tf.memory().numTensors).toBe(tensors);
    expect(tf.engine().backend.numDataIds()).toBe(ids);
  });
});
