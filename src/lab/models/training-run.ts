import { codeFingerprint } from '../../core/code-fingerprint.js';
import { hashJson } from '../../core/hash.js';
import { marketDataHash } from '../../data/market.js';
import { FEATURES } from '../../features/registry.js';
import { resolveFeatures } from '../../features/sets.js';
import type { TrainingConfig } from '../../models/config.js';
import type { FitEvent, Forecaster, TrainingLimits } from '../../models/forecaster.js';
import type { TrainedModel } from '../../models/trained-model.js';
import { requireAlias } from '../../tracking/mlflow/model-to-log.js';
import type { TrackedRun } from '../../tracking/tracker.js';
import type { TrainEvent } from '../../training/task.js';
import type { Lab } from '../open.js';
import { flatParams } from '../research/flat-params.js';
import { finishTraining, trainingExperiment, type TrainingRecord } from './record-training.js';
import { labelOptions } from './training-tables.js';

/** What is chosen of a training before it begins. */
export interface TrainingChoice {
  /** Name of the model. */
  readonly name: string;
  readonly settings: TrainingConfig;
  /** First session learnt from; the last `settings.train` when absent. */
  readonly start?: string;
  /** Session in which one stands. */
  readonly end: string;
  readonly seed: number;
  readonly limits?: TrainingLimits;
}

/**
 * A training of a network, recorded while it goes on: the figures of each epoch as it ends, at the end those of the model, or why
 * there is none. The same choice again is the same trial; a training that is gone on with is its next evaluation.
 */
export class TrainingRun {
  readonly #lab: Lab;
  readonly #forecaster: Forecaster;
  readonly #choice: TrainingChoice;
  #run: TrackedRun | null = null;
  #last: Extract<TrainEvent, { kind: 'step' }> | null = null;
  /** Networks that began: a model may be several, learnt one after the other. */
  #networks = 0;

  constructor(lab: Lab, forecaster: Forecaster, choice: TrainingChoice) {
    this.#lab = lab;
    this.#forecaster = forecaster;
    this.#choice = choice;
  }

  /** Begins the run with the first event, and logs the figures of an epoch that is over, with its number as step; all else is passed over. */
  async heed(told: FitEvent): Promise<void> {
    if (told.kind !== 'training') return;
    const run = (this.#run ??= await this.#begin());
    const { event } = told;
    if (event.kind === 'started') this.#networks++;
    if (event.kind === 'step') this.#last = event;
    if (event.kind !== 'epoch') return;
    const { epoch, train, validation, step, seconds } = event;
    const judged = Object.entries(validation).map(([figure, value]) => [`validation ${figure}`, value !== null && Number.isFinite(value) ? value : null] as const);
    const figures = { loss: train, ...Object.fromEntries(judged), rate: this.#last?.rate ?? null, 'gradient norm': this.#last?.norm ?? null, steps: step, seconds };
    const group = this.#networks > 1 ? `epoch of network ${this.#networks}` : 'epoch';
    await run.logMetrics(Object.fromEntries(Object.entries(figures).map(([figure, value]) => [`${group}/${figure}`, value])), epoch);
  }

  /** Ends the run with the model that came of it; errors as of `recordTraining`. */
  async finish(model: TrainedModel, record: Omit<TrainingRecord, 'name'>): Promise<void> {
    if (record.alias !== undefined) requireAlias(record.alias);
    await finishTraining(this.#lab, this.#run ?? (await this.#begin()), model, { ...record, name: this.#choice.name });
  }

  /** Ends the run without a model; what was logged stays. Nothing where learning never began. */
  async fail(reason: string): Promise<void> {
    await this.#run?.end('failed', reason);
  }

  async #begin(): Promise<TrackedRun> {
    const { name, seed } = this.#choice;
    const data = { market: marketDataHash(await this.#lab.store.manifest()) };
    return this.#lab.tracker.start({ experiment: trainingExperiment(this.#lab), name: this.#forecaster.name, params: paramsOf(this.#lab, this.#forecaster, this.#choice), seed, data, code: await codeFingerprint(), tags: { model: name } });
  }
}

/** All that was chosen, under the names that a card's parameters have in `recordTraining`. */
function paramsOf(lab: Lab, { name, params, features }: Forecaster, { settings, start, end, limits }: TrainingChoice): ReturnType<typeof flatParams> {
  const { checkpoints: _, gradientsEvery: __, ...within } = limits ?? {};
  const wanted = features ?? resolveFeatures(settings.features, FEATURES, lab.config.config.features.sets).map((feature) => feature.name);
  const { normalize, train, validation, ...rest } = settings;
  return flatParams({ forecaster: name, model: params, features: wanted.length, featureNames: hashJson(wanted).slice(0, 12), labelSettings: labelOptions(rest), horizon: rest.horizon, normalization: normalize, validation, start: start ?? null, ...(start === undefined ? { sessions: train } : {}), end, within });
}
