import { InvariantError } from '../../core/errors.js';
import type { Samples } from '../../dataset/samples.js';
import type { Contributions, FittedForecaster, JsonValue, ModelFiles } from '../forecaster.js';
import { requireFeatures } from '../select-features.js';
import type { LibraryFiles } from './binding/native.js';
import { featureNames, MODEL_FILE } from './model-text.js';
import type { PredictTask } from './ranker-tasks.js';
import { rankerThread } from './ranker-thread.js';
import { taskSamples } from './task-samples.js';

export interface RankerModel {
  /** In LightGBM's own format. */
  readonly text: string;
  readonly facts: Readonly<Record<string, JsonValue>>;
}

const WHERE = 'the samples of lightgbm';
export const FACTS_FILE = 'lightgbm-facts.json';

/**
 * Boosted trees that have learnt. They are kept as LightGBM's text, from which each call makes them anew in milliseconds: what
 * was just trained and what was loaded cannot differ, and nothing stays in LightGBM's memory between calls.
 */
export class FittedRanker implements FittedForecaster {
  readonly features: readonly string[];
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly #library: LibraryFiles;
  readonly #threads: number;
  #text: string | null;

  constructor({ text, facts }: RankerModel, { library, threads }: { readonly library: LibraryFiles; readonly threads: number }) {
    this.features = featureNames(text);
    this.facts = facts;
    this.#text = text;
    this.#library = { path: library.path, openmp: library.openmp };
    this.#threads = threads;
  }

  async predict(samples: Samples): Promise<Float64Array> {
    return rankerThread().run('predict', this.#task(samples));
  }

  async explain(samples: Samples): Promise<Contributions> {
    return { features: this.features, ...(await rankerThread().run('explain', this.#task(samples))) };
  }

  async save(): Promise<ModelFiles> {
    return { [MODEL_FILE]: this.#use(), [FACTS_FILE]: `${JSON.stringify({ schemaVersion: 1, facts: this.facts }, null, 2)}\n` };
  }

  dispose(): void {
    this.#text = null;
  }

  #task(samples: Samples): PredictTask {
    const text = this.#use();
    requireFeatures(samples, this.features, WHERE);
    return { library: this.#library, text, threads: this.#threads, samples: taskSamples(samples) };
  }

  #use(): string {
    if (this.#text === null) throw new InvariantError('expected a model in use, found one that was disposed of');
    return this.#text;
  }
}
