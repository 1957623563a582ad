import { afterEach, beforeEach, expect } from 'vitest';

import { tf } from '../../src/tensor/tensorflow.js';

/** Has every test of a file leave as many tensors as it found. */
export function expectNoTensorsLeft(): void {
  let before = 0;
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors, 'tensors left').toBe(before);
  });
}
