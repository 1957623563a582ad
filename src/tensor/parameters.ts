import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

import { InvariantError } from '../core/errors.js';

/** Named tensors in plain objects; the path to one, joined by dots, is its name in checkpoints. */
export interface ParameterTree {
  readonly [name: string]: Tensor | ParameterTree;
}

/** Tensors of a tree by name, in the order in which they stand. */
export function flatten(tree: ParameterTree, prefix = ''): Map<string, Tensor> {
  const flat = new Map<string, Tensor>();
  for (const [name, one] of Object.entries(tree)) {
    const found = one instanceof tf.Tensor ? [[prefix + name, one] as const] : flatten(one, `${prefix}${name}.`);
    for (const [full, tensor] of found) {
      if (flat.has(full)) throw new InvariantError(`expected one tensor by the name "${full}", found two`);
      flat.set(full, tensor);
    }
  }
  return flat;
}

/** The tree with other tensors in the places of its own. Throws `InvariantError` when one is missing or has another shape. */
export function withTensors<Tree extends ParameterTree>(tree: Tree, tensors: ReadonlyMap<string, Tensor>, prefix = ''): Tree {
  return Object.fromEntries(Object.entries(tree).map(([name, one]): [string, Tensor | ParameterTree] => {
    if (!(one instanceof tf.Tensor)) return [name, withTensors(one, tensors, `${prefix}${name}.`)];
    const found = tensors.get(prefix + name);
    if (!found || !tf.util.arraysEqual(found.shape, one.shape)) throw new InvariantError(`expected a tensor [${one.shape.join(', ')}] for "${prefix}${name}", found ${found ? `[${found.shape.join(', ')}]` : 'none'}`);
    return [name, found];
  })) as Tree;
}

/** Variables with the values of a tree, which is disposed of: what an optimizer can train. */
export function variables<Tree extends ParameterTree>(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).map(([name, one]): [string, Tensor | ParameterTree] => {
    if (!(one instanceof tf.Tensor)) return [name, variables(one)];
    const variable = tf.tidy(() => tf.variable(one));
    one.dispose();
    return [name, variable];
  })) as Tree;
}

/** How many numbers a tree holds. */
export function parameterCount(tree: ParameterTree): number {
  let count = 0;
  for (const tensor of flatten(tree).values()) count += tensor.size;
  return count;
}

export function disposeTree(tree: ParameterTree): void {
  for (const tensor of flatten(tree).values()) tensor.dispose();
}

/** A value and its gradient by each parameter. */
export interface ValueAndGradients {
  readonly value: Scalar;
  /** By name; of a parameter that the value does not depend on: zeros. */
  readonly gradients: ReadonlyMap<string, Tensor>;
}

/** Gradients of a scalar by all parameters of a tree; the caller disposes of value and gradients. Where the loss throws, all that it made is gone. */
export function valueAndGradients(loss: () => Scalar, tree: ParameterTree): ValueAndGradients {
  const flat = flatten(tree);
  const tensors = [...flat.values()];
  const { value, grads } = onTape(() => tf.engine().gradients(loss, tensors, undefined, true));
  const gradients = new Map<string, Tensor>();
  for (const [i, name] of [...flat.keys()].entries()) gradients.set(name, (grads[i]) ?? tf.zerosLike(tensors[i]));
  return { value: value, gradients };
}

/** Disposes of what operations have kept for their gradients when something throws on the way: the engine forgets it. */
function onTape<T>(run: () => T): T {
  const { state } = tf.engine();
  try {
    return run();
  } catch (error) {
    if (state.gradientDepth === 0) for (const node of state.activeTape ?? []) tf.dispose(node.saved ?? []);
    throw error;
  }
}
