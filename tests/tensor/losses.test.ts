import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createRng, type Rng } from '../../src/core/rng.js';
import { openBackend } from '../../src/tensor/backend.js';
import { gaussianLoss } from '../../src/tensor/losses/gaussian-loss.js';
import { huberLoss } from '../../src/tensor/losses/huber-loss.js';
import { listwiseLoss } from '../../src/tensor/losses/listwise-loss.js';
import { pairwiseLoss } from '../../src/tensor/losses/pairwise-loss.js';
import { valueAndGradients } from '../../src/tensor/parameters.js';
import { tf, type Scalar, type Tensor, type Tensor2D } from '../../src/tensor/tensorflow.js';
import { expectSlopes, normalTensor, size } from './gradients.js';

type Rows = readonly (readonly (number | null)[])[];

interface Reference {
  readonly target: Rows;
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Rows>>;
  readonly delta?: number;
  readonly floor?: number;
  readonly temperature?: number;
  readonly prediction?: Rows;
  readonly mean?: Rows;
  readonly variance?: Rows;
  readonly scores?: Rows;
}

type LossName = 'huber' | 'gaussian' | 'pairwise' | 'listwise';

/** From experiments/references/tensor. */
const reference = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Record<LossName, readonly Reference[]>;

/** Each loss by its inputs; the target comes last. */
const LOSSES: Record<LossName, { readonly inputs: readonly (keyof Reference)[]; readonly loss: (reference: Partial<Reference>) => (...tensors: Tensor[]) => Scalar }> = {
  huber: { inputs: ['prediction'], loss: ({ delta }) => (prediction, target) => huberLoss(prediction, target, delta) },
  gaussian: { inputs: ['mean', 'variance'], loss: ({ floor }) => (mean, variance, target) => gaussianLoss(mean, variance, target, floor) },
  pairwise: { inputs: ['scores'], loss: () => (scores, target) => pairwiseLoss(scores as Tensor2D, target as Tensor2D) },
  listwise: { inputs: ['scores'], loss: ({ temperature }) => (scores, target) => listwiseLoss(scores as Tensor2D, target as Tensor2D, temperature) },
};
const names = Object.keys(LOSSES) as LossName[];
const cases = names.flatMap((name) => reference[name].map((one, i) => ({ name, title: `${name} ${i}`, one })));

const matrix = (rows: Rows): Tensor2D => tf.tensor2d(rows.map((row) => row.map((value) => value ?? NaN)));
const valueOf = (loss: Scalar): number => loss.dataSync()[0];

/** A row of one list, for closed forms. */
const list = (...values: number[]): Tensor2D => tf.tensor2d([values]);

let before = 0;
beforeEach(() => {
  before = tf.memory().numTensors;
  tf.engine().startScope();
});

afterEach(() => {
  tf.engine().endScope();
  expect(tf.memory().numTensors, 'tensors left').toBe(before);
});

describe.each(['wasm', 'cpu'] as const)('losses on %s', (backend) => {
  beforeAll(async () => {
    await openBackend(backend);
  });

  it.each(cases)('$title is that of PyTorch, with its gradients', ({ name, one }) => {
    const { inputs, loss } = LOSSES[name];
    const given = Object.fromEntries(inputs.map((input) => [input, matrix(one[input] as Rows)]));
    const { value, gradients } = valueAndGradients(() => loss(one)(...Object.values(given), matrix(one.target)), given);
    expect(Math.abs(valueOf(value) - one.loss) / Math.max(1, Math.abs(one.loss))).toBeLessThan(1e-6);
    for (const [input, gradient] of gradients) {
      const expected = one.gradients[input].flat() as number[];
      const [found, scale] = [gradient.dataSync(), Math.max(...expected.map(Math.abs))];
      expect(scale).toBeGreaterThan(0.01);
      expect(Math.max(...expected.map((slope, i) => Math.abs(slope - found[i]) || Number(Number.isNaN(found[i])))) / scale, input).toBeLessThan(1e-5);
    }
  });

  it.each(names)('%s: nothing missing leaves a trace, whatever was predicted there', (name) => {
    const { inputs, loss } = LOSSES[name];
    fc.assert(fc.property(size(4), size(6), fc.integer(), (rows, columns, seed) => tf.tidy(() => {
      const rng = createRng(seed);
      const gaps = Array.from({ length: rows * columns }, () => rng.float() < 0.4);
      const target = tf.tensor2d(gaps.map((isGap) => (isGap ? NaN : rng.normal())), [rows, columns]);
      const draw = (): Tensor2D => tf.add(tf.square(normalTensor(rng, [rows, columns])), 0.1);
      const given = Object.fromEntries(inputs.map((input) => [input, draw()]));
      const isGap = tf.tensor2d(gaps, [rows, columns], 'bool');
      const others = Object.fromEntries(Object.entries(given).map(([input, values]) => [input, tf.where(isGap, tf.mul(values, 50), values)]));
      const [first, second] = [given, others].map((leaves) => valueAndGradients(() => loss({})(...Object.values(leaves), target), leaves));
      expect(valueOf(second.value)).toBe(valueOf(first.value));
      for (const [input, gradient] of first.gradients) {
        const slopes = gradient.dataSync();
        expect(second.gradients.get(input)!.dataSync()).toEqual(slopes);
        for (const [i, slope] of slopes.entries()) expect(gaps[i] ? Math.abs(slope) : Number(!Number.isFinite(slope))).toBe(0);
      }
    })), { numRuns: 30 });
  });

  it.each(names)('%s is 0 with gradients of 0 where all targets are missing', (name) => {
    const { inputs, loss } = LOSSES[name];
    const given = Object.fromEntries(inputs.map((input) => [input, tf.ones([2, 3])]));
    const { value, gradients } = valueAndGradients(() => loss({})(...Object.values(given), tf.fill([2, 3], NaN)), given);
    expect(valueOf(value)).toBe(0);
    for (const gradient of gradients.values()) expect([...gradient.dataSync()].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('losses', () => {
  beforeAll(async () => {
    await openBackend('wasm');
  });

  const slopes = (name: LossName, draw: (rng: Rng, rows: number, columns: number) => Tensor[], parameters: Partial<Reference> = {}): void => {
    fc.assert(fc.property(size(4), size(6), fc.integer(), (rows, columns, seed) => tf.tidy(() => {
      const rng = createRng(seed);
      const target = tf.tensor2d(Array.from({ length: rows * columns }, () => (rng.float() < 0.2 ? NaN : rng.normal())), [rows, columns]);
      expectSlopes((...given) => [LOSSES[name].loss(parameters)(...given, target)], draw(rng, rows, columns), seed);
    })), { numRuns: 15 });
  };

  it('of Huber has the slopes that its gradients say', () => slopes('huber', (rng, ...shape) => [normalTensor(rng, shape, 2)], { delta: 0.7 }));

  // variances well away from 0, about which the loss bends too much for differences
  it('of a normal distribution has them', () => slopes('gaussian', (rng, ...shape) => [normalTensor(rng, shape), tf.add(tf.square(normalTensor(rng, shape)), 2)], { floor: 1e-3 }));

  it('of pairs has them', () => slopes('pairwise', (rng, ...shape) => [normalTensor(rng, shape)]));

  it('of lists has them', () => slopes('listwise', (rng, ...shape) => [normalTensor(rng, shape)], { temperature: 0.5 }));

  it('of Huber is a parabola and then a line', () => {
    expect(valueOf(huberLoss(list(0.5), list(0)))).toBeCloseTo(0.125, 6);
    expect(valueOf(huberLoss(list(-3), list(1), 2))).toBeCloseTo(2 * (4 - 1), 5);
  });

  it('of a normal distribution is its density, no higher than the floor lets it be', () => {
    expect(valueOf(gaussianLoss(list(1), list(4), list(2)))).toBeCloseTo(0.5 * (Math.log(2 * Math.PI * 4) + 1 / 4), 6);
    expect(valueOf(gaussianLoss(list(1), list(-3), list(1), 0.01))).toBeCloseTo(0.5 * Math.log(2 * Math.PI * 0.01), 5);
  });

  it('of pairs is ln 2 for equal scores, tells apart by differences alone, and stays finite for great ones', () => {
    expect(valueOf(pairwiseLoss(list(1, 1, 1), list(3, 1, 2)))).toBeCloseTo(Math.LN2, 6);
    expect(valueOf(pairwiseLoss(list(2, 0), list(5, -5)))).toBeCloseTo(Math.log(1 + Math.exp(-2)), 6);
    expect(valueOf(pairwiseLoss(list(1000, 0), list(0, 1)))).toBeCloseTo(1000, 2);
    expect(valueOf(pairwiseLoss(list(1, 2), list(3, 3)))).toBe(0);
    // lists that say nothing do not thin the others out
    expect(valueOf(pairwiseLoss(tf.tensor2d([[2, 0], [7, 9]]), tf.tensor2d([[5, -5], [1, 1]])))).toBeCloseTo(Math.log(1 + Math.exp(-2)), 6);
  });

  it('of lists is least where scores are targets over temperature, and there the entropy', () => {
    const target = list(0.3, -1, 2, NaN);
    const p = [0.3, -1, 2].map((y) => Math.exp(y / 0.5));
    const total = p.reduce((sum, one) => sum + one, 0);
    const entropy = -p.reduce((sum, one) => sum + (one / total) * Math.log(one / total), 0);
    const best = valueOf(listwiseLoss(list(0.6, -2, 4, 99), target, 0.5));
    expect(best).toBeCloseTo(entropy, 6);
    expect(valueOf(listwiseLoss(list(0.5, -2, 4, 99), target, 0.5))).toBeGreaterThan(best);
    expect(valueOf(listwiseLoss(list(5000, -5000, 0), list(0, 0, 0)))).toBeCloseTo(5000, 2);
  });

  it('say what they expect of their settings', () => {
    expect(() => huberLoss(list(1), list(1), 0)).toThrow(/positive delta, found 0/);
    expect(() => gaussianLoss(list(1), list(1), list(1), -1)).toThrow(/positive floor of the variance, found -1/);
    expect(() => listwiseLoss(list(1), list(1), NaN)).toThrow(/positive temperature, found NaN/);
  });
});
