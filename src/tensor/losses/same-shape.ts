import type { Tensor } from '@tensorflow/tfjs-core';

import { InvariantError } from '../../core/errors.js';

/** Throws `InvariantError` unless predictions and targets have the shapes that a loss expects: TensorFlow.js would repeat the smaller one and learn nonsense. */
export function requireShape(what: string, found: Tensor, expected: readonly number[]): void {
  if (found.shape.length !== expected.length || found.shape.some((count, i) => count !== expected[i])) throw new InvariantError(`expected ${what} [${expected.join(', ')}] to fit its targets, found [${found.shape.join(', ')}]`);
}
