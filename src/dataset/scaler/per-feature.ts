import type { Samples } from '../samples.js';
import { sharedFloat32 } from '../shared-array.js';
import { badScaler, requireFeatures, type FittedScaler, type SavedScaler, type Scaler } from './scaler.js';

/** A scaler that learns two numbers of each feature. */
export interface PerFeature {
  readonly name: string;
  readonly describe: string;
  readonly params: Readonly<Record<string, number>>;
  /** What the two numbers are called when saved. */
  readonly learns: readonly [string, string];
  /** The numbers of finite training values of a feature, at least one, which it may overwrite. */
  readonly learn: (values: Float64Array) => readonly [number, number];
  /** A value by the numbers of its feature. */
  readonly scale: (value: number, first: number, second: number) => number;
}

/** A feature without any finite training value becomes NaN: nothing is known of its scale. */
export function perFeatureScaler(kind: PerFeature): Scaler {
  const { name, describe, params, learns } = kind;
  return {
    name,
    describe,
    params,
    fit(train) {
      const numbers = train.features.map((_, feature) => {
        const values = finiteValues(train.x, feature * train.length, train.length);
        return values.length === 0 ? ([Number.NaN, Number.NaN] as const) : kind.learn(values);
      });
      return fitted(kind, train.features, [Float64Array.from(numbers, ([first]) => first), Float64Array.from(numbers, ([, second]) => second)]);
    },
    load(saved) {
      if (saved.scaler !== name) throw badScaler(`the scaler "${name}"`, `"${saved.scaler}"`);
      return fitted({ ...kind, params: saved.params }, saved.features, [savedNumbers(saved, learns[0]), savedNumbers(saved, learns[1])]);
    },
  };
}

/** A loop, because `from` and `filter` of typed arrays walk iterators: several times slower, and every sample comes by here. */
function finiteValues(x: Float32Array, start: number, length: number): Float64Array {
  const values = new Float64Array(length);
  let count = 0;
  for (let at = start; at < start + length; at++) if (Number.isFinite(x[at])) values[count++] = x[at];
  return values.subarray(0, count);
}

function fitted({ name, params, learns, scale }: PerFeature, features: readonly string[], [first, second]: readonly [Float64Array, Float64Array]): FittedScaler {
  return {
    name,
    features,
    scaleValue: (feature, value) => scale(value, first[feature], second[feature]),
    apply(samples: Samples, into = sharedFloat32(samples.x.length)) {
      requireFeatures(name, features, samples.features);
      for (let feature = 0; feature < features.length; feature++) {
        const [a, b] = [first[feature], second[feature]];
        const end = (feature + 1) * samples.length;
        for (let at = feature * samples.length; at < end; at++) into[at] = scale(samples.x[at], a, b);
      }
      return { ...samples, x: into };
    },
    save: (): SavedScaler => ({ scaler: name, params, features, learnt: { [learns[0]]: jsonNumbers(first), [learns[1]]: jsonNumbers(second) } }),
  };
}

const jsonNumbers = (values: Float64Array): (number | null)[] => Array.from(values, (value) => (Number.isNaN(value) ? null : value));

function savedNumbers({ learnt, features }: SavedScaler, name: string): Float64Array {
  const values = learnt[name];
  if (!Array.isArray(values) || values.length !== features.length) throw badScaler(`${features.length} numbers as "${name}"`, Array.isArray(values) ? String(values.length) : 'none');
  const bad: unknown = values.find((value) => value !== null && !Number.isFinite(value));
  if (bad !== undefined) throw badScaler(`numbers as "${name}"`, JSON.stringify(bad));
  return Float64Array.from(values as readonly (number | null)[], (value) => value ?? Number.NaN);
}
