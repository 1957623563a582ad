import type { Samples } from '../../dataset/samples.js';
import { centredRank } from '../../math/cross-section.js';
import { sessionsOfSamples } from '../sessions-of-samples.js';

/** Features of one session as ranks among its samples. */
export interface RankedSession {
  readonly start: number;
  readonly end: number;
  /** Centred ranks in (−½, ½), 0 – the middle – where the feature is missing, [feature, name]. */
  readonly ranks: Float64Array;
  /** 1 where a name has at least one feature, [name]. */
  readonly known: Uint8Array;
}

/** Each session with its features ranked. */
export function* rankedSessions(samples: Samples): Generator<RankedSession, void, void> {
  const { x, length, features } = samples;
  for (const { start, end } of sessionsOfSamples(samples)) {
    const names = end - start;
    const ranks = new Float64Array(features.length * names);
    const known = new Uint8Array(names);
    for (let feature = 0; feature < features.length; feature++) {
      const ranked = centredRank(x.subarray(feature * length + start, feature * length + end));
      for (let name = 0; name < names; name++) {
        if (ranked[name] !== ranked[name]) continue;
        ranks[feature * names + name] = ranked[name];
        known[name] = 1;
      }
    }
    yield { start, end, ranks, known };
  }
}

/** Means and central second moments, divisor n, of ranks and labels: all that a linear regression needs of its samples. */
export interface RankMoments {
  readonly samples: number;
  /** Mean rank, [feature]. */
  readonly means: Float64Array;
  readonly labelMean: number;
  /** Covariances of the ranks, lower triangle, [feature, feature]. */
  readonly gram: Float64Array;
  /** Covariances of rank and label, [feature]. */
  readonly cross: Float64Array;
}

/** Gathers moments session by session, so that the ranks of all samples never lie in memory at once. */
export class RankMomentSums {
  readonly #features: number;
  readonly #gram: Float64Array;
  readonly #cross: Float64Array;
  readonly #sums: Float64Array;
  #labels = 0;
  #samples = 0;

  constructor(features: number) {
    this.#features = features;
    this.#gram = new Float64Array(features * features);
    this.#cross = new Float64Array(features);
    this.#sums = new Float64Array(features);
  }

  /** Adds the names of a session whose label is there, `labels` [name]. */
  add({ ranks, start, end }: RankedSession, labels: Float64Array): void {
    const [x, y] = labelled(ranks, labels, end - start);
    const names = y.length;
    this.#samples += names;
    for (const label of y) this.#labels += label;
    for (let i = 0; i < this.#features; i++) {
      const row = x.subarray(i * names, (i + 1) * names);
      for (const rank of row) this.#sums[i] += rank;
      this.#cross[i] += dot(row, y);
      for (let j = 0; j <= i; j++) this.#gram[i * this.#features + j] += dot(row, x.subarray(j * names, (j + 1) * names));
    }
  }

  moments(): RankMoments {
    const n = this.#samples;
    const means = this.#sums.map((sum) => sum / n);
    const labelMean = this.#labels / n;
    const gram = this.#gram.map((sum, at) => sum / n - means[Math.floor(at / this.#features)] * means[at % this.#features]);
    const cross = this.#cross.map((sum, i) => sum / n - means[i] * labelMean);
    return { samples: n, means, labelMean, gram, cross };
  }
}

/** Ranks and labels of the names that have a label; what was given where all have. */
function labelled(ranks: Float64Array, labels: Float64Array, names: number): [Float64Array, Float64Array] {
  const kept = Array.from({ length: names }, (_, name) => name).filter((name) => !Number.isNaN(labels[name]));
  if (kept.length === names) return [ranks, labels];
  const rows = kept.length === 0 ? 0 : ranks.length / names;
  return [Float64Array.from({ length: rows * kept.length }, (_, at) => ranks[Math.floor(at / kept.length) * names + kept[at % kept.length]]), Float64Array.from(kept, (name) => labels[name])];
}

/** Four sums side by side: twice as fast as one, because no addition waits for the one before. */
function dot(x: Float64Array, y: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = x.length - (x.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += x[i] * y[i];
    b += x[i + 1] * y[i + 1];
    c += x[i + 2] * y[i + 2];
    d += x[i + 3] * y[i + 3];
  }
  for (let i = whole; i < x.length; i++) a += x[i] * y[i];
  return a + b + (c + d);
}
