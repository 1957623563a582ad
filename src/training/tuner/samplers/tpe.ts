import { InvariantError } from '../../../core/errors.js';
import type { Rng } from '../../../core/rng.js';
import { normalCumulative } from '../../../math/normal.js';
import type { Dimension, SpaceValue } from '../search-space.js';
import { rankedTrials, type Trial } from '../trial.js';
import { drawPoint } from './random.js';
import type { Sampler } from './sampler.js';

export interface TpeSettings {
  /** Trials that are drawn at random first, 10 unless given. */
  readonly randomTrials?: number;
  /** Points among which the one that is most like the good trials and least like the others is taken, 24 unless given. */
  readonly candidates?: number;
  /** Share of the trials that count as good (fraction): γ of the paper, 0.25 unless given, as 0.15 of a few dozen trials would be too few. */
  readonly good?: number;
}

/**
 * Tree-structured Parzen estimator: draws near the parameters of good trials and far from those of the others, each parameter by itself.
 *
 * Trials that were pruned count among the others; failed ones tell nothing.
 * @see Bergstra, Bardenet, Bengio, Kégl (2011), Algorithms for hyper-parameter optimization, section 4
 */
export function tpeSampler({ randomTrials = 10, candidates = 24, good = 0.25 }: TpeSettings = {}): Sampler {
  const isFine = [randomTrials, candidates].every((count) => Number.isInteger(count) && count >= 1) && good > 0 && good < 1;
  if (!isFine) throw new InvariantError(`expected whole numbers of random trials and candidates of at least 1 and a share of good ones between 0 and 1, found ${randomTrials}, ${candidates} and ${good}`);
  return {
    name: 'tpe',
    sample(space, { trials, direction }, rng) {
      const known = rankedTrials(trials, direction).filter(({ state, value }) => (state === 'finished' && value !== null) || state === 'pruned');
      if (known.length < randomTrials) return drawPoint(space, rng);
      const split = Math.max(1, Math.min(Math.ceil(good * known.length), known.filter(({ state }) => state === 'finished').length));
      const parts = { good: known.slice(0, split), other: known.slice(split) };
      return Object.fromEntries(Object.entries(space).map(([name, dimension]) => [name, likeliest(dimension, parts, name, { rng: rng.fork(name), candidates })]));
    },
  };
}

interface Parts {
  readonly good: readonly Trial[];
  readonly other: readonly Trial[];
}

/** Of values drawn from what good trials had, the one whose odds of being of these are best. */
function likeliest(dimension: Dimension, { good, other }: Parts, name: string, { rng, candidates }: { readonly rng: Rng; readonly candidates: number }): SpaceValue {
  const axis = axisOf(dimension);
  const placesOf = (trials: readonly Trial[]): number[] => trials.map(({ params }) => axis.place(params[name]));
  const [near, far] = [axis.density(placesOf(good)), axis.density(placesOf(other))];
  let [best, bestOdds] = [0, -Infinity];
  for (let drawn = 0; drawn < candidates; drawn++) {
    const place = near.draw(rng);
    const odds = Math.log(near.at(place)) - Math.log(far.at(place));
    if (odds > bestOdds) [best, bestOdds] = [place, odds];
  }
  return axis.value(best);
}

interface Density {
  at(place: number): number;
  draw(rng: Rng): number;
}

/** The values of a parameter as places: of numbers from 0 to 1, of choices by their position. */
interface Axis {
  place(value: SpaceValue): number;
  value(place: number): SpaceValue;
  density(places: readonly number[]): Density;
}

function axisOf(dimension: Dimension): Axis {
  if ('choice' in dimension) {
    const texts = dimension.choice.map((value) => JSON.stringify(value));
    return { place: (value) => texts.indexOf(JSON.stringify(value)), value: (place) => dimension.choice[place], density: (places) => counted(places, texts.length) };
  }
  if ('integer' in dimension) {
    const [low, high] = dimension.integer; // each whole number has an equal stretch
    const count = high - low + 1;
    return { place: (value) => (Number(value) - low + 0.5) / count, value: (place) => Math.min(high, low + Math.floor(place * count)), density: parzen };
  }
  const [there, back] = 'log' in dimension ? [Math.log, Math.exp] : [Number, Number];
  const bounds = 'log' in dimension ? dimension.log : dimension.range;
  const [low, high] = bounds.map(there);
  return { place: (value) => (there(Number(value)) - low) / (high - low), value: (place) => Math.min(bounds[1], Math.max(bounds[0], back(low + (high - low) * place))), density: parzen };
}

/** How often each choice was taken, and each once more. */
function counted(places: readonly number[], count: number): Density {
  const weights = new Float64Array(count).fill(1);
  for (const place of places) weights[place]++;
  const sum = places.length + count;
  return {
    at: (place) => weights[place] / sum,
    draw(rng) {
      let left = rng.float() * sum;
      let place = 0;
      while (place < count - 1 && left >= weights[place]) left -= weights[place++];
      return place;
    },
  };
}

/** A normal curve around each place, as wide as the way to its farther neighbour, and a wide one over all; cut off at 0 and 1. */
function parzen(places: readonly number[]): Density {
  const sorted = [...places].sort((a, b) => a - b);
  const least = 1 / Math.min(100, places.length + 2);
  const widthOf = (i: number): number => Math.min(1, Math.max(least, sorted[i] - (sorted[i - 1] ?? 0), (sorted[i + 1] ?? 1) - sorted[i]));
  const curves = [{ middle: 0.5, width: 1 }, ...sorted.map((middle, i) => ({ middle, width: widthOf(i) }))].map(({ middle, width }) => ({ middle, width, inside: normalCumulative((1 - middle) / width) - normalCumulative(-middle / width) }));
  return {
    at: (place) => curves.reduce((sum, { middle, width, inside }) => sum + Math.exp(-0.5 * ((place - middle) / width) ** 2) / (width * inside), 0) / curves.length,
    draw(rng) {
      const { middle, width } = rng.choice(curves);
      for (;;) {
        const place = middle + width * rng.normal();
        if (place >= 0 && place < 1) return place;
      }
    },
  };
}
