import { builtIn } from '../../core/built-in.js';
import type { EventStream } from '../../core/events.js';
import type { Samples } from '../../dataset/samples.js';
import type { Contributions, FitContext, FitEvent, FittedForecaster, Forecaster, TrainingData, ModelFiles } from '../forecaster.js';
import { ModelFile } from '../model-file.js';
import { requireFeatures } from '../select-features.js';

export interface SingleFeature {
  readonly name: string;
  readonly describe: string;
  readonly feature: string;
  /** Whether much or little of the feature is good. */
  readonly sign: 1 | -1;
}

const FILE = 'score.json';

/** A forecaster whose score is one feature, or its negative, as it is; a missing feature gives no score. */
export function singleFeature({ name, describe, feature, sign }: SingleFeature): Forecaster {
  const fitted = new FeatureScore(name, feature, sign);
  return builtIn({
    name,
    describe,
    params: {},
    features: [feature],
    learns: false,
    async *fit(_data: TrainingData, { signal }: FitContext): EventStream<FitEvent, FittedForecaster> {
      signal?.throwIfAborted();
      return fitted;
    },
    async load(files: ModelFiles) {
      const file = ModelFile.read(files, FILE);
      for (const [key, expected] of Object.entries(fitted.content)) file.exactly(key, expected);
      return fitted;
    },
  });
}

class FeatureScore implements FittedForecaster {
  readonly features: readonly string[];
  readonly facts = {};
  readonly content: Readonly<Record<string, string | number>>;
  readonly #name: string;
  readonly #sign: 1 | -1;

  constructor(name: string, feature: string, sign: 1 | -1) {
    this.features = [feature];
    this.content = { schemaVersion: 1, forecaster: name, feature, sign };
    this.#name = name;
    this.#sign = sign;
  }

  async predict(samples: Samples): Promise<Float64Array> {
    requireFeatures(samples, this.features, `the samples of ${this.#name}`);
    const scores = new Float64Array(samples.x);
    // 0 − x, not −x: that of nothing is 0, not −0
    return this.#sign === 1 ? scores : scores.map((value) => 0 - value);
  }

  async explain(samples: Samples): Promise<Contributions> {
    return { features: this.features, values: await this.predict(samples), base: new Float64Array(samples.length) };
  }

  async save(): Promise<ModelFiles> {
    return { [FILE]: `${JSON.stringify(this.content, null, 2)}\n` };
  }

  dispose(): void {} // holds nothing outside the garbage collector's reach
}
