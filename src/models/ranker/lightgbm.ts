import { builtIn } from '../../core/built-in.js';
import { ConfigError, DataError } from '../../core/errors.js';
import { type EventStream, streamOf } from '../../core/events.js';
import { nearest } from '../../core/suggest.js';
import type { Samples } from '../../dataset/samples.js';
import type { FitContext, FitEvent, FittedForecaster, Forecaster, JsonValue, ModelFiles, TrainingData } from '../forecaster.js';
import { ModelFile } from '../model-file.js';
import { requireFeatures } from '../select-features.js';
import type { LightGbmOptions, RankerConfig } from './config.js';
import { FACTS_FILE, FittedRanker } from './fitted-ranker.js';
import { MODEL_FILE, requireModelText, withoutThreads } from './model-text.js';
import { lightGbmParameters } from './parameters.js';
import { parseOptions } from './parse-options.js';
import type { TrainResult, TrainTask } from './ranker-tasks.js';
import { trainOnThread } from './ranker-thread.js';
import { labelledTaskSamples } from './task-samples.js';

const MOST_IMPORTANT = 30;
/** What ends a name in LightGBM's text, or is refused by it. */
const BAD_NAME = /[\s",:[\]{}]/;

/**
 * Gradient-boosted trees by LightGBM's own library, which is found or fetched at first use; trained off the main thread.
 *
 * The same data, options and seed give the same model, bit for bit, whatever the number of threads. A sample without any
 * feature has no score.
 * @throws ConfigError `BAD_RANKER_OPTIONS`; while it learns or loads, DataError `NO_LIGHTGBM` where the library cannot be had
 * @see Ke et al. (2017), LightGBM; Burges (2010), lambdarank; Lundberg et al. (2020), contributions
 */
export function lightgbm(options: LightGbmOptions = {}): Forecaster {
  const config = parseOptions(options);
  return builtIn<Forecaster>({
    name: 'lightgbm',
    describe: `boosted trees by LightGBM, ${config.objective}, at most ${config.rounds} of ${config.leaves} leaves`,
    params: config,
    features: null,
    learns: true,
    fit: (data, context) => fit(config, data, context),
    load: (files, context) => load(files, context),
    choosesOnValidation: config.earlyStopping !== null,
    unranked: config.categorical,
  });
}

function fit(config: RankerConfig, data: TrainingData, context: FitContext): EventStream<FitEvent, FittedForecaster> {
  return streamOf(async (push, signal) => {
    const { train, validation } = data;
    requireNames(train, config);
    requireFeatures(validation, train.features, 'the validation samples of lightgbm');
    const { earlyStopping, objective, rounds } = config;
    const description: Omit<TrainTask, 'library' | 'stop' | 'events'> = {
      parameters: lightGbmParameters(config, { seed: context.seed, threads: context.threads, features: train.features }),
      features: train.features,
      train: labelledTaskSamples(train, 'the training samples of lightgbm'),
      watched: earlyStopping === null || validation.length === 0 ? null : { samples: labelledTaskSamples(validation, 'the validation samples of lightgbm'), stopping: earlyStopping },
      rounds,
      grades: objective === 'lambdarank' ? config.grades : null,
    };
    const { path, openmp } = await locate({ environment: context.environment, signal });
    const result = await trainOnThread({ ...description, library: { path, openmp } }, push, signal);
    return new FittedRanker({ text: withoutThreads(result.text), facts: factsOf(result, config, train.features) }, { library: { path, openmp }, threads: context.threads });
  }, { signal: context.signal });
}

async function load(files: ModelFiles, { environment, threads, signal }: FitContext): Promise<FittedForecaster> {
  const text = ModelFile.text(files, MODEL_FILE);
  requireModelText(text);
  // A text that another tool of LightGBM has written comes without the file of facts.
  const facts = Object.hasOwn(files, FACTS_FILE) ? ModelFile.read(files, FACTS_FILE).json<JsonValue>('facts') : {};
  const { path, openmp } = await locate({ environment, signal });
  return new FittedRanker({ text, facts }, { library: { path, openmp }, threads });
}

/** Imported at first use: what fetches the library brings the network modules of Node along. */
async function locate(request: Pick<FitContext, 'environment' | 'signal'>): Promise<{ path: string; openmp: string | null }> {
  const { locateLightGbm } = await import('./library/locate.js');
  return locateLightGbm(request);
}

function factsOf({ rounds, best, reason, validation, gains, warnings }: TrainResult, { objective }: RankerConfig, features: readonly string[]): Readonly<Record<string, JsonValue>> {
  const order = Array.from(features.keys()).sort((a, b) => gains[b] - gains[a] || a - b);
  const importances = order.filter((at) => gains[at] > 0).slice(0, MOST_IMPORTANT).map((at) => ({ feature: features[at], gain: gains[at] }));
  return { objective, rounds, bestRound: best, stopped: reason, validation, importances, warnings };
}

/** @throws ConfigError `UNKNOWN_FEATURES` of categories that are not there; DataError `BAD_FEATURE_NAME` */
function requireNames({ features }: Samples, { categorical }: RankerConfig): void {
  const bad = features.find((name) => name === '' || BAD_NAME.test(name));
  if (bad !== undefined) throw new DataError(`expected names of features without white space and the signs " , : [ ] { }, found "${bad}" in the samples of lightgbm`, { code: 'BAD_FEATURE_NAME', fields: { name: bad } });
  const unknown = categorical.filter((name) => !features.includes(name));
  if (unknown.length === 0) return;
  const near = unknown.flatMap((name) => nearest(name, features, 1));
  throw new ConfigError(`expected categorical features that the samples have, found "${unknown.join('", "')}"${near.length === 0 ? '' : `; did you mean "${near.join('", "')}"?`}`, { code: 'UNKNOWN_FEATURES', fields: { unknown } });
}
