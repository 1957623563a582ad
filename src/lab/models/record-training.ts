import { hashJson } from '../../core/hash.js';
import type { ModelCard } from '../../models/model-card.js';
import type { TrainedModel } from '../../models/trained-model.js';
import { requireAlias } from '../../tracking/mlflow/model-to-log.js';
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

/**
 * Records a trained model as a run, with its figures on the sessions kept back and its card; an MLflow server that is set
 * gets its files too, as a logged model and a version of its kind in the registry.
 * @throws ConfigError `BAD_ALIAS`
 */
export async function recordTraining(lab: Lab, model: TrainedModel, { name, madeAt, alias }: TrainingRecord): Promise<void> {
  if (alias !== undefined) requireAlias(alias);
  const { card } = model;
  const { forecaster, seed, data, code } = card;
  const [params, figures, files] = [paramsOf(card), figuresOf(card), await model.save()];
  const run = await lab.tracker.start({ experiment: EXPERIMENT, name: forecaster, params, seed, data, code, tags: { model: name } });
  await run.logMetrics(figures);
  await run.logArtifact('card.json', files['card.json']);
  await run.end('finished');
  const registered = `${lab.config.config.tracking.mlflow.modelPrefix}${forecaster}`;
  const texts = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
  await lab.mirror?.logModel({ experiment: EXPERIMENT, name, type: forecaster, run: run.id, files, params: { ...texts, seed: String(seed) }, figures, tags: { usableFrom: card.usableFrom }, madeAt, registered, aliases: alias === undefined ? [] : [alias] });
}

function paramsOf({ forecaster, params, features, label, labelSettings, horizon, normalization, trainedFrom, trainedThrough, learntThrough }: ModelCard): ReturnType<typeof flatParams> {
  return flatParams({ forecaster, model: params, features: features.length, featureNames: hashJson(features).slice(0, 12), label, labelSettings, horizon, normalization, trainedFrom, trainedThrough, learntThrough });
}

function figuresOf({ validation, calibration, sessions, samples }: ModelCard): Record<string, number | null> {
  const judged = { 'validation rank IC': validation?.rankIc ?? null, 'validation ICIR': validation?.icir ?? null, 'validation t': validation?.t ?? null, 'validation sessions': validation?.sessions ?? 0 };
  return { ...judged, 'pay-off of rank': calibration?.slope ?? null, 'pay-off t': calibration?.slopeT ?? null, sessions, samples };
}
