import { hashJson } from '../../core/hash.js';
import type { ModelCard } from '../../models/model-card.js';
import type { TrainedModel } from '../../models/trained-model.js';
import { requireAlias, type ModelToLog } from '../../tracking/mlflow/model-to-log.js';
import type { TrackedRun } from '../../tracking/tracker.js';
import type { Lab } from '../open.js';
import { flatParams } from '../research/flat-params.js';

/** Runs among which trained models are recorded. */
const EXPERIMENT = 'train';

export interface TrainingRecord {
  /** Name of the model. */
  readonly name: string;
  /** When it was made, ISO. */
  readonly madeAt: string;
  /** Alias in the registry of an MLflow server, e.g. `champion`. */
  readonly alias?: string;
}

/** The parts of a lab that say where its models are recorded. */
type Place = { readonly config: { readonly config: Pick<Lab['config']['config'], 'data' | 'tracking'> } };

/** Runs among which a lab's trainings are recorded; what a made-up market taught stands apart. */
export function trainingExperiment({ config: { config } }: Place): string {
  return isMadeUp(config) ? `${EXPERIMENT}-synthetic` : EXPERIMENT;
}

const isMadeUp = ({ data }: Pick<Lab['config']['config'], 'data'>): boolean => data.source === 'synthetic';

/**
 * Records a trained model as a run, with its figures on the sessions kept back and its card; an MLflow server that is set
 * gets its files too, as a logged model and a version of its kind in the registry.
 * @throws ConfigError `BAD_ALIAS`
 */
export async function recordTraining(lab: Lab, model: TrainedModel, record: TrainingRecord): Promise<void> {
  if (record.alias !== undefined) requireAlias(record.alias);
  const { forecaster, seed, data, code } = model.card;
  const run = await lab.tracker.start({ experiment: trainingExperiment(lab), name: forecaster, params: paramsOf(model.card), seed, data, code, tags: { model: record.name } });
  await finishTraining(lab, run, model, record);
}

/** Ends the run of a training with the model that came of it, and has a server that is set keep that. */
export async function finishTraining(lab: Lab, run: TrackedRun, model: TrainedModel, record: TrainingRecord): Promise<void> {
  const files = await model.save();
  await run.logMetrics(figuresOf(model.card));
  await run.logArtifact('card.json', files['card.json']);
  await run.end('finished');
  await lab.mirror?.logModel(modelToLog(lab, model.card, { ...record, files, run: run.id }));
}

/** A trained model as a server keeps it. */
export function modelToLog(lab: Place, card: ModelCard, { name, madeAt, alias, files, run }: TrainingRecord & Pick<ModelToLog, 'files' | 'run'>): ModelToLog {
  const { forecaster, seed, usableFrom } = card;
  const { config } = lab.config;
  const texts = Object.fromEntries(Object.entries(paramsOf(card)).map(([key, value]) => [key, String(value)]));
  const registered = `${config.tracking.mlflow.modelPrefix}${isMadeUp(config) ? 'synthetic-' : ''}${forecaster}`;
  return { experiment: trainingExperiment(lab), name, type: forecaster, ...(run === undefined ? {} : { run }), files, params: { ...texts, seed: String(seed) }, figures: figuresOf(card), tags: { usableFrom }, madeAt, registered, aliases: alias === undefined ? [] : [alias] };
}

function paramsOf({ forecaster, params, features, label, labelSettings, horizon, normalization, trainedFrom, trainedThrough, learntThrough }: ModelCard): ReturnType<typeof flatParams> {
  return flatParams({ forecaster, model: params, features: features.length, featureNames: hashJson(features).slice(0, 12), label, labelSettings, horizon, normalization, trainedFrom, trainedThrough, learntThrough });
}

function figuresOf({ validation, calibration, sessions, samples }: ModelCard): Record<string, number | null> {
  const judged = { 'validation rank IC': validation?.rankIc ?? null, 'validation rank IC low': validation?.interval?.[0] ?? null, 'validation rank IC high': validation?.interval?.[1] ?? null, 'validation ICIR': validation?.icir ?? null, 'validation t': validation?.t ?? null, 'validation sessions': validation?.sessions ?? 0 };
  return { ...judged, 'pay-off of rank': calibration?.slope ?? null, 'pay-off t': calibration?.slopeT ?? null, sessions, samples };
}
