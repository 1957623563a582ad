import type { Rng } from '../../../core/rng.js';
import type { Dimension, SearchSpace, SpaceValue, TrialParams } from '../search-space.js';
import type { Sampler } from './sampler.js';

/**
 * Draws each parameter by itself, whatever came of earlier trials.
 * @see Bergstra and Bengio (2012), Random search for hyper-parameter optimization
 */
export function randomSampler(): Sampler {
  return { name: 'random', sample: (space, _, rng) => drawPoint(space, rng) };
}

/** A point of the space; each parameter has a stream of its own, so that a further parameter moves none of the others. */
export function drawPoint(space: SearchSpace, rng: Rng): TrialParams {
  return Object.fromEntries(Object.entries(space).map(([name, dimension]) => [name, draw(dimension, rng.fork(name))]));
}

function draw(dimension: Dimension, rng: Rng): SpaceValue {
  if ('choice' in dimension) return rng.choice(dimension.choice);
  if ('integer' in dimension) return rng.integer(...dimension.integer);
  const [low, high] = 'log' in dimension ? dimension.log : dimension.range;
  if ('range' in dimension) return low + (high - low) * rng.float();
  const drawn = Math.exp(Math.log(low) + (Math.log(high) - Math.log(low)) * rng.float());
  return Math.min(high, Math.max(low, drawn)); // a logarithm and back may round past an end
}
