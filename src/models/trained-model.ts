import { DataError, InvariantError } from '../core/errors.js';
import { sha256 } from '../core/hash.js';
import type { Samples } from '../dataset/samples.js';
import { applyCalibration, type ExpectedReturns } from './calibration.js';
import type { Contributions, FitContext, FittedForecaster, Forecaster, Insight, ModelFiles } from './forecaster.js';
import { readCardFile, writeCard, type ModelCard } from './model-card.js';
import { ModelFile } from './model-file.js';
import { normalized } from './normalization.js';
import { createForecaster, type ForecasterFactory } from './registry.js';
import { selectFeatures } from './select-features.js';

/**
 * What a model says of each sample, [sample]: `score`, the higher the better, comparable within a session only; expected
 * simple return over the horizon (fraction) with its interval, low ≤ expected ≤ high; NaN where it has no opinion.
 */
export interface Prediction extends ExpectedReturns {
  readonly score: Float64Array;
}

const CARD = 'card.json';

/** A fitted forecaster with the calibration of its scores and its card. */
export class TrainedModel {
  readonly card: ModelCard;
  readonly #fitted: FittedForecaster;

  constructor(fitted: FittedForecaster, card: ModelCard) {
    this.card = card;
    this.#fitted = fitted;
  }

  /** The kind of model in words. */
  get describe(): string {
    return this.card.describe;
  }

  /** Sessions of the past that it reads out of the background of samples; 0: the samples alone. */
  get past(): number {
    return this.#fitted.past ?? 0;
  }

  /**
   * @param options isNormalized: what the card's normalization says was done to these samples already
   * @throws DataError `MISSING_FEATURES` when the samples lack features that the model reads; more than these do not matter
   */
  async predict(samples: Samples, { isNormalized = false }: { readonly isNormalized?: boolean } = {}): Promise<Prediction> {
    const score = await this.#fitted.predict(this.#own(samples, isNormalized));
    const { calibration } = this.card;
    const unknown = (): Float64Array => new Float64Array(samples.length).fill(Number.NaN);
    const prediction = calibration === null ? { score, expected: unknown(), low: unknown(), high: unknown() } : { score, ...applyCalibration(calibration, samples, score) };
    requireOrder(prediction);
    return prediction;
  }

  /** Parts that sum to each score; options and errors as of `predict`. */
  async explain(samples: Samples, { isNormalized = false }: { readonly isNormalized?: boolean } = {}): Promise<Contributions> {
    return this.#fitted.explain(this.#own(samples, isNormalized));
  }

  /** What the model looked at, for samples of one session; `null` of models that look at nothing but the sample. Options and errors as of `predict`. */
  async insight(samples: Samples, { isNormalized = false }: { readonly isNormalized?: boolean } = {}): Promise<Insight | null> {
    return (await this.#fitted.insight?.(this.#own(samples, isNormalized))) ?? null;
  }

  /** The samples as the model sees them, to be given to `predict` and `explain` with `isNormalized`; errors as of `predict`. */
  normalize(samples: Samples): Samples {
    return this.#own(samples, false);
  }

  /** Files by name: `card.json`, calibration included, and those of the forecaster. */
  async save(): Promise<ModelFiles> {
    const own = await this.#fitted.save();
    if (Object.hasOwn(own, CARD)) throw new InvariantError(`expected a forecaster whose files are not named "${CARD}", found "${this.card.forecaster}"`);
    const hashes = Object.fromEntries(Object.entries(own).map(([name, content]) => [name, sha256(content)]));
    return { [CARD]: writeCard(this.card, hashes), ...own };
  }

  /** Frees what lies outside the garbage collector's reach. */
  dispose(): void {
    this.#fitted.dispose();
  }

  /**
   * A model from the files of `save`; files beside them are passed over.
   * @throws DataError `BAD_MODEL_FILE`, `MODEL_VERSION`, `DAMAGED_MODEL` or `UNKNOWN_MODEL` (of a kind that is not in the registry)
   */
  static async load(files: ModelFiles, registry: Readonly<Record<string, ForecasterFactory>>, context: FitContext): Promise<TrainedModel> {
    if (!Object.hasOwn(files, CARD)) throw new DataError(`expected a file "${CARD}" in a saved model, found ${Object.keys(files).map((name) => `"${name}"`).join(', ') || 'no files'}`, { code: 'BAD_MODEL_FILE', fields: { name: CARD } });
    const { card, files: hashes } = readCardFile(ModelFile.text(files, CARD), CARD);
    const own = ownFiles(files, hashes);
    const fitted = await forecasterOf(card, registry).load(own, context);
    if (fitted.features.join('\n') !== card.features.join('\n')) {
      fitted.dispose();
      throw new DataError(`expected the features of its card, ${card.features.join(', ')}, found ${fitted.features.join(', ')} in a saved model`, { code: 'DAMAGED_MODEL' });
    }
    return new TrainedModel(fitted, card);
  }

  #own(samples: Samples, isNormalized: boolean): Samples {
    return normalized(selectFeatures(samples, this.card.features, `the samples to predict by ${this.card.forecaster}`), isNormalized ? 'none' : this.card.normalization, this.card.unranked);
  }
}

function ownFiles(files: ModelFiles, hashes: Readonly<Record<string, string>>): Record<string, string | Uint8Array> {
  const own: Record<string, string | Uint8Array> = {};
  for (const [name, hash] of Object.entries(hashes)) {
    if (!Object.hasOwn(files, name)) throw new DataError(`expected the file "${name}" that the card of the model names, found none`, { code: 'DAMAGED_MODEL', fields: { name } });
    if (sha256(files[name]) !== hash) throw new DataError(`expected the file "${name}" as the card of the model knows it, found another content; train the model again`, { code: 'DAMAGED_MODEL', fields: { name } });
    own[name] = files[name];
  }
  return own;
}

function forecasterOf({ forecaster, params }: ModelCard, registry: Readonly<Record<string, ForecasterFactory>>): Forecaster {
  try {
    return createForecaster(forecaster, params, registry);
  } catch (cause) {
    throw new DataError(`expected a saved model of a kind that is known here, found one of "${forecaster}" with parameters ${JSON.stringify(params)}`, { code: 'UNKNOWN_MODEL', fields: { forecaster, params }, cause });
  }
}

function requireOrder({ expected, low, high }: Prediction): void {
  for (let at = 0; at < expected.length; at++) {
    if (low[at] > expected[at] || expected[at] > high[at]) throw new InvariantError(`expected low ≤ expected ≤ high, found ${low[at]}, ${expected[at]}, ${high[at]} at sample ${at}`);
  }
}
